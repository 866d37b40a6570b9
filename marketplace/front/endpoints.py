"""Pages that gather several features."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from marketplace import db
from marketplace.accounts.viewers import viewer_if_any
from marketplace.associations import queries as associations
from marketplace.errors import NotFound
from marketplace.front import queries
from marketplace.front.alike import alike
from marketplace.front.cards import card
from marketplace.front.favourites_queries import is_kept
from marketplace.impact.queries import usual_answer_days
from marketplace.missions import words
from marketplace.missions.lifecycle import Shown
from marketplace.missions.queries import full_mission, open_cards
from marketplace.vocabulary.legal_kinds import LEGAL_KINDS
from marketplace.web.clock import now
from marketplace.web.pages import page

ON_HOME = 6
ON_ASSOCIATION = 24


async def home(request: Request) -> Response:
    """The first page: what the site is for, and a few missions that need people."""
    at = now()
    cards = [card(mission, at) for mission in await open_cards(at, limit=ON_HOME)]
    return page(request, "front/home.html", cards=cards)


async def mission(request: Request) -> Response:
    """A mission, open or not; one that is not public is not found."""
    at = now()
    view = await full_mission(request.path_params["mission"], at)
    if view.shown == Shown.NOT_PUBLIC:
        raise NotFound
    viewer = viewer_if_any(request)
    own = await queries.live_application(viewer.account_id, view.mission.id) if viewer else ""
    is_member = viewer and await associations.role_in(viewer.account_id, view.association.id)
    similar = await alike(view.mission, at)
    return page(
        request,
        "front/mission.html",
        view=view,
        words=words,
        preview=False,
        own=own,
        is_member=is_member,
        kept=await is_kept(viewer.account_id, view.mission.id) if viewer else False,
        similar=similar,
        answer_days=await usual_answer_days(view.association.id),
    )


async def association(request: Request) -> Response:
    """A verified association and its missions with places left."""
    at, row = now(), await associations.public_association(request.path_params["association"])
    rows = await open_cards(at, association=row.id, limit=ON_ASSOCIATION + 1)
    return page(
        request,
        "front/association.html",
        association=row,
        kind=LEGAL_KINDS.get(row.legal_kind, ""),
        cards=[card(mission, at) for mission in rows[:ON_ASSOCIATION]],
        more=len(rows) > ON_ASSOCIATION,
        words=words,
    )


async def for_associations(request: Request) -> Response:
    """What the site does for associations."""
    return page(request, "front/for_associations.html")


async def about(request: Request) -> Response:
    """What this site is."""
    return page(request, "front/about.html")


async def accessibility(request: Request) -> Response:
    """The accessibility statement."""
    return page(request, "front/accessibility.html")


async def privacy(request: Request) -> Response:
    """What is kept, why, and for how long."""
    return page(request, "front/privacy.html")


async def health(request: Request) -> Response:
    """For monitors: the process answers, and so does its database."""
    await db.fetch("SELECT 1 AS one")
    return PlainTextResponse("ok\n")
