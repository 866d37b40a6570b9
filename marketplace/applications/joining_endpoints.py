"""Pages of somebody invited to an association, reached by the mailed link."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.cookies import device, remember
from marketplace.accounts.viewers import viewer_if_any
from marketplace.applications import joining_actions
from marketplace.applications.joining_actions import Joined
from marketplace.applications.joining_forms import JoiningForm
from marketplace.associations.invitation_queries import Invited, invited_by_link
from marketplace.associations.member_policies import ROLE_HINTS, ROLES
from marketplace.web import links, urls
from marketplace.web.clock import now
from marketplace.web.forms import read
from marketplace.web.pages import page, redirect


async def arrive_to_join(request: Request) -> Response:
    """The mailed link: it only leads to a button."""
    return links.arrive(request, request.path_params["secret"], "applications.joining")


async def joining(request: Request) -> Response:
    """What one is invited to, and the button that accepts."""
    return _joining_page(request, await invited_by_link(links.held(request), now()))


async def join(request: Request) -> Response:
    """Become a member."""
    invited = await invited_by_link(links.held(request), now())
    sent = await read(JoiningForm, request)
    if sent.form is None:
        return _joining_page(request, invited, status=422, sent=sent)
    joined = await joining_actions.join(links.held(request), device(request), now())
    return links.forget(request, _welcome(request, joined))


async def joined(request: Request) -> Response:
    """It is done; whoever had an account already signs in by the usual door."""
    return page(request, "applications/joined.html")


def _welcome(request: Request, joined: Joined) -> Response:
    viewer = viewer_if_any(request)
    if joined.token:  # a new account says its name first
        next_path = urls.path_for("associations.show", association=joined.association.public_id)
        return remember(redirect("accounts.show", next=next_path), joined.token)
    if viewer and viewer.account_id == joined.account.id:
        return redirect("associations.show", association=joined.association.public_id)
    return redirect("applications.joined")


def _joining_page(request: Request, invited: Invited, **values: Any) -> Response:
    return page(
        request,
        "applications/joining.html",
        link=request.path_params["link"],
        invited=invited,
        role=ROLES[invited.invitation.role],
        role_hint=ROLE_HINTS[invited.invitation.role],
        **values,
    )
