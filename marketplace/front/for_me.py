"""« Missions pour vous »: what one may really apply to, by what one says one looks for, each with why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.tables import Account
from marketplace.accounts.viewers import current_account
from marketplace.discovery.for_me import has, shown
from marketplace.discovery.geography import NO_DISTANCE
from marketplace.discovery.hits import Hit
from marketplace.discovery.queries import Found, Why
from marketplace.errors import Refusal
from marketplace.front.for_me_queries import suited
from marketplace.front.found import MOST_REASONS, Result, result
from marketplace.missions import words
from marketplace.text import _
from marketplace.volunteers.queries import is_known_minor, preferences_of
from marketplace.volunteers.tables import Preferences
from marketplace.web.clock import now
from marketplace.web.pages import page

A_PAGE = 12
IN_SPACE = 3
MOST_OF_A_KIND = {"skill": 2, "audience": 1, "distance": 1}  # said of a mission, so that each kind has room


@dataclass(frozen=True, slots=True)
class ForMe:
    """The values of templates/front/for_me.html."""

    results: Sequence[Result]
    stated: Sequence[str]  # what one says one looks for, in words; nothing: invite to say it
    limit: Refusal | None  # what stops this person from applying to any mission
    is_minor: bool


async def for_me(request: Request) -> Response:
    """The twelve best ones."""
    found = await found_for(await current_account(request), now(), A_PAGE)
    return page(request, "front/for_me.html", found=found)


async def found_for(account: Account, at: datetime, limit: int = IN_SPACE) -> ForMe:
    """The best ones for this account; nothing is kept of it."""
    said = await preferences_of(account.id)
    best = await suited(account, said, at, limit)
    cards = await shown(said, best.hits, at)
    return ForMe(
        results=[_result(said, hit, one, at) for hit, one in zip(best.hits, cards, strict=True)],
        stated=list(in_words(said)) if said else [],
        limit=best.limit,
        is_minor=await is_known_minor(account.id),
    )


def _result(said: Preferences | None, hit: Hit, found: Found, at: datetime) -> Result:
    first = result(Found(found.card, tuple(_first_reasons(found.why))), at)
    reasons = [*first.why, *(_other_reasons(said, hit) if said else ())]
    if not reasons:
        reasons = [_("À distance")] if has(hit, "place_kinds", "remote") else [_("Parmi les plus récentes")]
    return Result(first.card, reasons[:MOST_REASONS])


def _first_reasons(why: Sequence[Why]) -> Iterator[Why]:
    for kind, most in MOST_OF_A_KIND.items():
        yield from [one for one in why if one.kind == kind][:most]


def _other_reasons(said: Preferences, hit: Hit) -> Iterator[str]:
    """What the skills, audiences and distance do not say, in the order it ranks."""
    if hit.chord2 >= NO_DISTANCE and has(hit, "place_kinds", "remote"):
        yield _("À distance")
    for name, label in (("domains", words.domain), ("rhythms", words.rhythm)):
        yield from (label(key) for key in getattr(said, name) if has(hit, name, key))
    yield from words.day_parts(key for key in said.day_parts if has(hit, "day_parts", key))


def in_words(said: Preferences) -> Iterator[str]:
    """What was stated, for its holder to read."""
    yield from words.skills(said.skills)
    yield from words.audiences(said.audiences)
    yield from map(words.domain, said.domains)
    if said.place_kind:
        yield _("Sur place seulement") if said.place_kind == "on_site" else _("À distance seulement")
    if said.commune_name and said.place_kind != "remote":
        yield _("{commune}, {radius} km").format(commune=said.commune_name, radius=said.radius_km)
    yield from map(words.rhythm, said.rhythms)
    yield from words.day_parts(said.day_parts)
