"""Dates as calendars read them (RFC 5545), and which of them overlap. No data is read here.

Calendars are shared: an entry says « Bénévolat », when and where, never for whom or with whom.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from marketplace import settings
from marketplace.text import _

READ_AGAIN_AFTER = timedelta(hours=6)  # what a feed asks of the programs that follow it


class Method(StrEnum):
    """What a calendar program is to do with a file it receives (RFC 5546)."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Entry:
    """Some hours given, in a calendar."""

    name: str  # the same for ever, and nobody else's: a public id
    starts_at: datetime
    ends_at: datetime
    where: str  # '' when it is at home
    link: str
    edition: int  # grows each time the entry changes: an older one is passed over


class Span(Protocol):
    """Something that lasts from an instant to another; undated, it overlaps nothing."""

    @property
    def starts_at(self) -> datetime | None:
        """When it begins."""

    @property
    def ends_at(self) -> datetime | None:
        """When it is over."""


Lasting = TypeVar("Lasting", bound=Span)


def message(entries: Iterable[Entry], method: Method, now: datetime) -> str:
    """A file to attach to an e-mail: these entries, to add or to remove; '' when there is none."""
    entries = list(entries)
    if not entries:
        return ""
    calendar = _calendar()
    calendar.add("method", method.value)
    for entry in entries:
        event = _event(entry, now)
        event.add("status", "CANCELLED" if method == Method.CANCEL else "CONFIRMED")
        event.add("organizer", _site())
        calendar.add_component(event)
    return _text(calendar)


def feed(entries: Iterable[Entry], now: datetime) -> str:
    """A calendar to subscribe to: it holds what stands, and what is gone from it is gone."""
    calendar = _calendar()
    calendar.add("x-wr-calname", _("Bénévolat"))
    calendar.add("refresh-interval", vDuration(READ_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_AGAIN_AFTER))
    for entry in entries:
        event = _event(entry, now)
        event.add("status", "CONFIRMED")
        calendar.add_component(event)
    return _text(calendar)


def overlapping(spans: Iterable[Lasting]) -> list[tuple[Lasting, Lasting]]:
    """The pairs that share some time, the one that begins first before the other; touching is not sharing."""
    pairs: list[tuple[Lasting, Lasting]] = []
    running: list[tuple[datetime, Lasting]] = []  # with their ends
    dated = [(span.starts_at, span.ends_at, span) for span in spans if span.starts_at and span.ends_at]
    for starts_at, ends_at, span in sorted(dated, key=lambda one: one[:2]):
        running = [(end, earlier) for end, earlier in running if end > starts_at]
        pairs += [(earlier, span) for _end, earlier in running]
        running.append((ends_at, span))
    return pairs


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.current().site_name}//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _event(entry: Entry, now: datetime) -> Event:
    """Instants are in UTC: every program shows them at its own hour, and no table of hours is needed."""
    event = Event()
    event.add("uid", f"{entry.name}@{urlsplit(settings.current().public_url).hostname}")
    event.add("sequence", entry.edition)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", _("Bénévolat"))
    event.add("description", _("Tout est sur cette page : {link}").format(link=entry.link))
    event.add("url", entry.link)
    event.add("class", "PRIVATE")
    if entry.where:
        event.add("location", entry.where)
    return event


def _site() -> vCalAddress:
    site = vCalAddress(f"mailto:{settings.current().mail_from}")
    site.params["cn"] = vText(settings.current().site_name)
    return site


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical(), "utf-8")
