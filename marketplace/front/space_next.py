"""« Ce qui vous attend »: what happens next in one's applications, and by when. No data is read here."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup, escape

from marketplace.applications.attendance_policies import duration
from marketplace.applications.feedback_policies import asks_how_it_went
from marketplace.applications.lifecycle import Attendance, Status
from marketplace.applications.presence_links import Opens, token
from marketplace.applications.presence_policies import (
    ASKED_BEFORE,
    asked_in_time,
    is_expected,
    takes_place,
)
from marketplace.applications.queries import Candidacy
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.front import space_words
from marketplace.missions.lifecycle import PlaceKind
from marketplace.text import _, ngettext
from marketplace.web import dates
from marketplace.web.clock import paris_day, paris_instant
from marketplace.web.markdown import french
from marketplace.web.urls import path_for

MOST_SHOWN = 12
ASKED_FOR = timedelta(days=30)  # how a slot went
SOON = timedelta(days=7)  # the dates that are told beside the very next one


@dataclass(frozen=True, slots=True)
class Next:
    """One line and its one action. `at`: its place in the list; None: at the end."""

    said: str
    about: Markup
    action: str
    href: str
    at: datetime | None
    is_limit: bool = False  # to be answered by then, or lost


@dataclass(frozen=True, slots=True)
class Known:
    """What the applications themselves do not say."""

    now: datetime
    is_minor: bool
    unread: Mapping[str, int]  # messages, by the public id of their application
    told: Collection[int]  # applications of which one said how it went
    overlaps: Mapping[int, Sequence[str]]


def what_is_next(found: Sequence[Candidacy], known: Known) -> list[Next]:
    """The lines, soonest first."""
    lines = [*_awaited(found, known), *_dates(found, known), *_after(found, known), *_unread(found, known)]
    return sorted(lines, key=lambda line: (line.at is None, line.at or known.now))[:MOST_SHOWN]


def _awaited(found: Sequence[Candidacy], known: Known) -> Iterator[Next]:
    """One's own answer to an offer, the guardian's, the association's; of a mission's dates, the soonest."""
    kinds: dict[str, Callable[[Candidacy, int, Known], Next]] = {
        Status.OFFERED: _offer,
        Status.AWAITING_CONSENT: _guardian,
        Status.PENDING: _answer,
    }
    alike: dict[tuple[int, str, int], list[Candidacy]] = {}
    for one in found:
        application = one.application
        # while its association is suspended, nobody's time runs out
        if application.status in kinds and one.association.status == AssociationStatus.VERIFIED:
            apart = application.id if application.status == Status.OFFERED or application.meeting_on else 0
            alike.setdefault((one.mission.id, application.status, apart), []).append(one)
    for (_mission, status, _apart), ones in alike.items():
        yield kinds[status](min(ones, key=lambda one: _limit(one, known)), len(ones), known)


def _limit(one: Candidacy, known: Known) -> datetime:
    return one.application.answer_by or known.now + timedelta(days=365)


def _offer(one: Candidacy, _several: int, known: Known) -> Next:
    said = _("Une place t’est proposée.") if known.is_minor else _("Une place vous est proposée.")
    if until := one.application.answer_by:
        answer = _("Réponds avant {until}.") if known.is_minor else _("Répondez avant {until}.")
        said = f"{said} {answer.format(until=space_words.until(until, known.now))}"
    href = path_for("applications.offer", application=one.application.public_id)
    return Next(said, _about(one), _("Répondre"), href, one.application.answer_by, is_limit=True)


def _guardian(one: Candidacy, several: int, known: Known) -> Next:
    said, until = _("Ton parent ou représentant légal doit encore répondre."), one.application.answer_by
    if until:
        said = _("Ton parent ou représentant légal doit répondre avant {until}.")
        said = said.format(until=space_words.until(until, known.now))
    return Next(said, _about(one, several), _("Voir"), _page(one), until)


def _answer(one: Candidacy, several: int, known: Known) -> Next:
    until, met = one.application.answer_by, one.application.meeting_on
    answer = _("L’association va répondre.")
    if until:
        answer = (
            _("L’association te répond au plus tard {until}.")
            if known.is_minor
            else _("L’association vous répond au plus tard {until}.")
        ).format(until=space_words.latest(until, known.now))
    if met is None or met < paris_day(known.now):
        return Next(answer, _about(one, several), _("Voir"), _page(one), until)
    meeting = _("Rencontre le {day}.").format(day=dates.day(met))
    return Next(f"{meeting} {answer}", _about(one), _("Voir"), _page(one), paris_instant(met, 0, 0))


def _dates(found: Sequence[Candidacy], known: Known) -> Iterator[Next]:
    """The next date one is expected at, those of the same week, and « je viens » when it is asked."""
    expected = [
        one
        for one in found
        if is_expected(one.application, one.slot, one.mission, known.now)
        and takes_place(one.mission, one.association.status)
    ]
    expected.sort(key=lambda one: (one.slot.starts_at, one.application.id))
    for rank, one in enumerate(expected):
        if rank == 0 or one.slot.starts_at <= known.now + SOON:
            yield _coming(one, known) if _is_asked(one, known) else _date(one, known)


def _is_asked(one: Candidacy, known: Known) -> bool:
    return (
        one.application.coming_at is None
        and one.slot.starts_at <= known.now + ASKED_BEFORE
        and asked_in_time(one.application, one.slot)
    )


def _coming(one: Candidacy, known: Known) -> Next:
    said = _("{when}. Dis si tu viens.") if known.is_minor else _("{when}. Dites si vous venez.")
    href = path_for("applications.arrive_to_say", token=token(Opens.PRESENCE, one.application.public_id))
    return _at(one, known, said, _("Je viens, ou pas"), href)


def _date(one: Candidacy, known: Known) -> Next:
    return _at(one, known, "{when}", _("Adresse et contact"), _page(one))


def _at(one: Candidacy, known: Known, said: str, action: str, href: str) -> Next:
    when = space_words.when(one.slot, known.now)
    about = _about(one) + f" · {_place(one)}"
    if others := known.overlaps.get(one.application.id):
        about += " · " + escape(_("aux mêmes heures que {others}")).format(others=space_words.quoted(others))
    return Next(said.format(when=when), about, action, href, one.slot.starts_at)


def _after(found: Sequence[Candidacy], known: Known) -> Iterator[Next]:
    """How it went, and the hours noted."""
    for one in found:
        if one.slot.ends_at is not None and one.slot.ends_at <= known.now - ASKED_FOR:
            continue
        minutes = one.application.minutes if one.application.attendance == Attendance.PRESENT else None
        noted = _("Temps noté\u00a0: {hours}.").format(hours=duration(minutes)) if minutes else ""
        if one.application.id in known.told:
            if noted and one.slot.ends_at:
                yield Next(noted, _about(one), _("Voir mes heures"), path_for("impact.hours"), None)
        elif asks_how_it_went(one.application, one.slot, one.mission, known.now):
            said = " ".join(filter(None, [noted, _("Comment ça s’est passé\u00a0?")]))
            href = path_for("applications.feedback", application=one.application.public_id)
            yield Next(said, _about(one), _("Raconter"), href, None)


def _unread(found: Sequence[Candidacy], known: Known) -> Iterator[Next]:
    """Messages: no limit, but somebody waits."""
    for one in found:
        if count := known.unread.get(one.application.public_id, 0):
            said = ngettext("%(num)s message non lu.", "%(num)s messages non lus.", count) % {"num": count}
            href = path_for("messages.own", application=one.application.public_id)
            yield Next(said, _about(one), _("Lire"), href, known.now + ASKED_BEFORE)


def _page(one: Candidacy) -> str:
    return path_for("applications.show", application=one.application.public_id)


def _about(one: Candidacy, several: int = 1) -> Markup:
    about = Markup("{}, {}").format(french(one.mission.title), one.association.name)
    if several > 1:
        about += " · " + ngettext("%(num)s date", "%(num)s dates", several) % {"num": several}
    return about


def _place(one: Candidacy) -> str:
    mission = one.mission
    if mission.place_kind == PlaceKind.REMOTE:
        return _("À distance")
    exact = f"{mission.address}, {mission.postcode} {mission.commune_name}"
    either = mission.place_kind == PlaceKind.EITHER
    return _("{place}, ou à distance").format(place=exact) if either else exact
