"""Pages one lands on: a département, a domain, an audience, the map of France; with their counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from marketplace.discovery.counts import Count, Kind, counts
from marketplace.discovery.queries import Search, search
from marketplace.errors import NotFound
from marketplace.front import tiles
from marketplace.front.cards import Card, card
from marketplace.front.criteria import CURSOR, ON_SITE, address
from marketplace.front.sentences import AUDIENCE_SENTENCES, DOMAIN_SENTENCES
from marketplace.missions import words
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.departments import DEPARTMENTS, REGION_OF
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.neighbours import NEIGHBOURS
from marketplace.vocabulary.queries import largest_commune
from marketplace.vocabulary.slugs import AUDIENCE_OF, AUDIENCE_SLUGS, DOMAIN_OF, DOMAIN_SLUGS
from marketplace.web.clock import now
from marketplace.web.pages import page, redirect
from marketplace.web.urls import path_for

LIST_SIZE = 12
MAILED_RADIUS = "50"  # km: much of a département
ASKED_AS = {Kind.DOMAIN: "domaine", Kind.AUDIENCE: "public"}  # in the address of a search


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another such page, with its count."""

    label: str
    href: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What these pages have in common."""

    name: str
    count: Count
    counted_at: datetime | None  # None: nothing was counted yet
    cards: Sequence[Card]
    previous_href: str
    next_href: str
    mail_href: str  # to have the new ones mailed; '' when no search is made of this
    ways: Sequence[Way]


async def department(request: Request) -> Response:
    """The missions done in a département, and its neighbours."""
    code = request.path_params["department"]
    if code not in DEPARTMENTS:
        if code.upper() in DEPARTMENTS:
            return redirect("front.department", department=code.upper())
        raise NotFound
    landing = await _landing(
        request, Kind.DEPARTMENT, code, Search(departments=(code,)), NEIGHBOURS.get(code, ())
    )
    if not landing.cards:
        landing = replace(landing, mail_href=await _mail_around(code))
    region = REGION_OF.get(code, "")
    return page(request, "front/department.html", landing=landing, code=code, region=region)


async def domain(request: Request) -> Response:
    """The missions of a domain."""
    key = _known(DOMAIN_OF, request.path_params["domain"])
    others = [other for other in DOMAINS if other != key]
    landing = await _landing(request, Kind.DOMAIN, key, Search(domains=(key,)), others)
    return page(
        request,
        "front/domain.html",
        landing=landing,
        key=key,
        sentence=DOMAIN_SENTENCES[key],
        search_href=address({"domaine": (key,)}),
    )


async def audience(request: Request) -> Response:
    """The missions that help some people."""
    key = _known(AUDIENCE_OF, request.path_params["audience"])
    others = [other for other in AUDIENCES if other != key]
    landing = await _landing(request, Kind.AUDIENCE, key, Search(audiences=(key,)), others)
    return page(
        request,
        "front/audience.html",
        landing=landing,
        sentence=AUDIENCE_SENTENCES[key],
        search_href=address({"public": (key,)}),
    )


async def france(request: Request) -> Response:
    """The map, and the ways to the other pages."""
    counted = await counts(Kind.DEPARTMENT)
    return page(
        request,
        "front/france.html",
        tiles=tiles.tiles({code: count.missions for code, count in counted.by_key.items()}),
        width=tiles.WIDTH,
        height=tiles.HEIGHT,
        side=tiles.SIDE,
        counted_at=counted.counted_at,
        departments=[way(Kind.DEPARTMENT, code, counted.of(code)) for code in DEPARTMENTS],
        total=(await counts(Kind.ALL)).of(""),
        remote=(await counts(Kind.REMOTE)).of(""),
        remote_href=address({"lieu": ("a-distance",)}),
        domains=await _ways(Kind.DOMAIN, list(DOMAINS)),
        audiences=await _ways(Kind.AUDIENCE, list(AUDIENCES)),
    )


def _known(keys: dict[str, str], slug: str) -> str:
    if slug not in keys:
        raise NotFound
    return keys[slug]


async def _landing(request: Request, kind: Kind, key: str, wanted: Search, others: Sequence[str]) -> Landing:
    at, cursor = now(), request.query_params.get("suite", "")
    wanted = replace(wanted, order="newest", cursor=cursor if CURSOR.fullmatch(cursor) else "")
    results, counted = await search(wanted, at, limit=LIST_SIZE), await counts(kind)
    here = way(kind, key, counted.of(key))
    return Landing(
        name=here.label,
        count=here.count,
        counted_at=counted.counted_at,
        cards=[card(found.card, at) for found in results.cards],
        previous_href=f"{here.href}?suite={results.previous_cursor}" if results.previous_cursor else "",
        next_href=f"{here.href}?suite={results.next_cursor}" if results.next_cursor else "",
        mail_href=path_for("front.new_saved_search", **{ASKED_AS[kind]: key}) if kind in ASKED_AS else "",
        ways=[way(kind, other, counted.of(other)) for other in others],
    )


async def _mail_around(department: str) -> str:
    """The page that mails what is done around its largest commune: no search is of a département."""
    commune = await largest_commune(department)
    if commune is None or commune.latitude is None:
        return ""
    return path_for("front.new_saved_search", ou=commune.label, rayon=MAILED_RADIUS, lieu=ON_SITE)


async def _ways(kind: Kind, keys: Sequence[str]) -> list[Way]:
    counted = await counts(kind)
    return [way(kind, key, counted.of(key)) for key in keys]


def way(kind: Kind, key: str, count: Count) -> Way:
    """The link to the page of a département, a domain or an audience."""
    if kind == Kind.DOMAIN:
        return Way(words.domain(key), path_for("front.domain", domain=DOMAIN_SLUGS[key]), count)
    if kind == Kind.AUDIENCE:
        label = "".join(words.audiences([key]))
        return Way(label, path_for("front.audience", audience=AUDIENCE_SLUGS[key]), count)
    return Way(f"{DEPARTMENTS[key]} ({key})", path_for("front.department", department=key), count)
