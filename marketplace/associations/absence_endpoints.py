"""The page where an association says that it will be away."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.associations import absence_actions, queries
from marketplace.associations.absence_forms import AbsenceForm
from marketplace.associations.tables import Association
from marketplace.web.clock import now, paris_day
from marketplace.web.forms import read
from marketplace.web.pages import page, redirect


async def absence(request: Request) -> Response:
    """What was announced, if it is not over, and the form."""
    return _page(request, await _mine(request))


async def announce_absence(request: Request) -> Response:
    """Announce one."""
    association = await _mine(request)
    sent = await read(AbsenceForm, request)
    if sent.form is None:
        return _page(request, association, status=422, sent=sent)
    await absence_actions.announce_absence(association, sent.form.since, sent.form.until, now())
    return redirect("associations.absence", association=association.public_id)


async def end_absence(request: Request) -> Response:
    """Take it back."""
    association = await _mine(request)
    await absence_actions.end_absence(association, now())
    return redirect("associations.absence", association=association.public_id)


async def _mine(request: Request) -> Association:
    return await queries.member_association(viewer_of(request).account_id, request.path_params["association"])


def _page(request: Request, association: Association, **values: Any) -> Response:
    announced = association.absent_until is not None and association.absent_until >= paris_day(now())
    return page(request, "associations/absence.html", association=association, announced=announced, **values)
