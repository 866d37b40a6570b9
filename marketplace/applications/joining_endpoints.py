"""Pages of somebody invited to an association, reached by the mailed link."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.cookies import device, remember
from marketplace.accounts.viewers import viewer_if_any
from marketplace.applications import joining_actions, joining_queries
from marketplace.applications.joining_actions import Joined
from marketplace.applications.joining_forms import JoiningForm, NamedJoiningForm
from marketplace.associations.invitation_queries import Invited, invited_by_link
from marketplace.associations.member_policies import ROLE_HINTS, ROLES
from marketplace.web import links
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect


async def arrive_to_join(request: Request) -> Response:
    """The mailed link: it only leads to a button."""
    return links.arrive(request, request.path_params["secret"], "applications.joining")


async def joining(request: Request) -> Response:
    """What one is invited to, and the button that accepts."""
    return await _joining_page(request, await invited_by_link(links.held(request), now()))


async def join(request: Request) -> Response:
    """Become a member."""
    invited = await invited_by_link(links.held(request), now())
    nameless = await joining_queries.is_nameless(invited.invitation.email)
    sent: Submission[Any] = await read(NamedJoiningForm if nameless else JoiningForm, request)
    if sent.form is None:
        return await _joining_page(request, invited, status=422, sent=sent)
    joined = await joining_actions.join(links.held(request), device(request), now(), sent.form.names())
    return links.forget(request, _welcome(request, joined))


async def joined(request: Request) -> Response:
    """It is done; whoever had an account already signs in by the usual door."""
    return page(request, "applications/joined.html")


def _welcome(request: Request, joined: Joined) -> Response:
    viewer = viewer_if_any(request)
    shown = redirect("associations.show", association=joined.association.public_id, fait="membre")
    if joined.token:
        return remember(shown, joined.token)
    if viewer and viewer.account_id == joined.account.id:
        return shown
    return redirect("applications.joined")


async def _joining_page(request: Request, invited: Invited, **values: Any) -> Response:
    return page(
        request,
        "applications/joining.html",
        link=request.path_params["link"],
        invited=invited,
        nameless=await joining_queries.is_nameless(invited.invitation.email),
        role=ROLES[invited.invitation.role],
        role_hint=ROLE_HINTS[invited.invitation.role],
        **values,
    )
