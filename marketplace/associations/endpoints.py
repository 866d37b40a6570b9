"""One's associations: the list, a new file, where it stands, and sending it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import current_account, viewer_of
from marketplace.associations import actions, member_queries, queries
from marketplace.associations.file_endpoints import file_of, onward
from marketplace.associations.forms import (
    IdentityForm,
    NewForm,
)
from marketplace.associations.lifecycle import EDITABLE
from marketplace.associations.member_policies import ROLE_HINTS
from marketplace.associations.policies import STEPS, open_steps, why_not_submit
from marketplace.vocabulary.legal_kinds import LEGAL_KINDS
from marketplace.web.clock import now, paris_day
from marketplace.web.forms import read
from marketplace.web.pages import page, redirect


async def index(request: Request) -> Response:
    """The associations one belongs to."""
    rows = await queries.associations_of(viewer_of(request).account_id)
    return page(request, "associations/index.html", rows=rows)


async def new(request: Request) -> Response:
    """The first page of a new file."""
    return _first_page(request)


async def create(request: Request) -> Response:
    """Make the draft."""
    sent = await read(IdentityForm if viewer_of(request).is_adult else NewForm, request)
    if sent.form is None:
        return _first_page(request, status=422, sent=sent)
    values = sent.form.model_dump(exclude={"adult"})
    association = await actions.create(await current_account(request), values, now())
    return onward(association, "identity")


async def show(request: Request) -> Response:
    """Where the file stands, and what happens next."""
    association = await file_of(request, reading=True)
    role = await queries.role_in(viewer_of(request).account_id, association.id)
    manages = role in queries.MANAGERS
    return page(
        request,
        "associations/show.html",
        association=association,
        joined=ROLE_HINTS.get(role or "", "") if request.query_params.get("fait") == "membre" else "",
        legal_kinds=LEGAL_KINDS,
        changeable=open_steps(association.status) if manages else frozenset(),
        editable=manages and association.status in EDITABLE,
        others=await member_queries.others_of(viewer_of(request).account_id, association),
    )


async def check(request: Request) -> Response:
    """All that was written, with what is missing, before it is sent."""
    association = await file_of(request)
    if association.status not in EDITABLE:
        return redirect("associations.show", association=association.public_id)
    return page(
        request,
        "associations/check.html",
        association=association,
        legal_kinds=LEGAL_KINDS,
        changeable=open_steps(association.status),
        missing=why_not_submit(association, paris_day(now())),
    )


async def submit(request: Request) -> Response:
    """Send the file."""
    association = await file_of(request)
    await actions.submit(association, await current_account(request), now())
    return redirect("associations.show", association=association.public_id)


def _first_page(request: Request, **values: Any) -> Response:
    return page(request, "associations/new.html", steps=STEPS, legal_kinds=LEGAL_KINDS, **values)
