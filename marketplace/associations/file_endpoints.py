"""The pages on which members write their association's file, a step each."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import current_account, viewer_of
from marketplace.associations import actions, queries
from marketplace.associations.errors import NotEditable
from marketplace.associations.forms import (
    CharterForm,
    ContactForm,
    IdentityForm,
    InsuranceForm,
    PlaceForm,
    SafeguardingForm,
)
from marketplace.associations.lifecycle import EDITABLE
from marketplace.associations.policies import STEPS, insurance_problem, open_steps, why_not_submit
from marketplace.associations.tables import Association
from marketplace.text import _
from marketplace.vocabulary import commune_field
from marketplace.vocabulary.legal_kinds import LEGAL_KINDS
from marketplace.web.clock import now, paris_day
from marketplace.web.forms import Form, read
from marketplace.web.pages import page, redirect


async def file_of(request: Request, *, reading: bool = False) -> Association:
    """The association of the address, that this person manages, or only reads.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    roles = queries.EVERYONE if reading else queries.MANAGERS
    name = request.path_params["association"]
    return await queries.member_association(viewer_of(request).account_id, name, roles)


def onward(association: Association, step: str) -> Response:
    """The next page that has something missing, else the check page; the file's own when it is verified."""
    if association.status not in EDITABLE:
        return redirect("associations.show", association=association.public_id)
    missing = {name for name, _message in why_not_submit(association, paris_day(now()))}
    later = list(STEPS)[list(STEPS).index(step) + 1 :]
    target = next((name for name in later if name in missing), "check")
    return redirect(f"associations.{target}", association=association.public_id)


async def identity(request: Request) -> Response:
    """Name, number and purpose."""
    return await _step(request, "identity")


async def save_identity(request: Request) -> Response:
    """Save them."""
    return await _save(request, "identity", IdentityForm)


async def place(request: Request) -> Response:
    """Address and commune."""
    return await _step(request, "place")


async def save_place(request: Request) -> Response:
    """Save them."""
    association = await _open(request, "place")
    sent = await read(PlaceForm, request)
    field = await commune_field.ask(sent)
    if sent.form is None or field.place is None:
        return _step_page(request, "place", association, status=422, sent=sent, place=field)
    await actions.save(association, {**sent.form.model_dump(), **field.place.columns}, now())
    return onward(association, "place")


async def contact(request: Request) -> Response:
    """Website, e-mail and phone that everybody sees."""
    return await _step(request, "contact")


async def save_contact(request: Request) -> Response:
    """Save them."""
    return await _save(request, "contact", ContactForm)


async def insurance(request: Request) -> Response:
    """Insurer and last insured day."""
    return await _step(request, "insurance")


async def save_insurance(request: Request) -> Response:
    """Save them."""
    association = await _open(request, "insurance")
    sent = await read(InsuranceForm, request)
    if sent.form and (problem := insurance_problem(sent.form.insured_until, paris_day(now()))):
        sent.refuse("insured_until", _(problem))
    if sent.form is None:
        return _step_page(request, "insurance", association, status=422, sent=sent)
    await actions.save(association, sent.form.model_dump(), now())
    return onward(association, "insurance")


async def safeguarding(request: Request) -> Response:
    """The person to alert."""
    return await _step(request, "safeguarding")


async def save_safeguarding(request: Request) -> Response:
    """Save them."""
    return await _save(request, "safeguarding", SafeguardingForm)


async def charter(request: Request) -> Response:
    """What every association promises."""
    return await _step(request, "charter")


async def accept_charter(request: Request) -> Response:
    """Accept it."""
    association = await _open(request, "charter")
    sent = await read(CharterForm, request)
    if sent.form is None:
        return _step_page(request, "charter", association, status=422, sent=sent)
    await actions.accept_charter(association, await current_account(request), now())
    return onward(association, "charter")


async def _open(request: Request, step: str) -> Association:
    """One's association, if this step may be saved now."""
    association = await file_of(request)
    if step not in open_steps(association.status):
        raise NotEditable(association.public_id)
    return association


async def _step(request: Request, step: str) -> Response:
    return _step_page(request, step, await _open(request, step))


async def _save(request: Request, step: str, kind: type[Form]) -> Response:
    association = await _open(request, step)
    sent = await read(kind, request)
    if sent.form is None:
        return _step_page(request, step, association, status=422, sent=sent)
    await actions.save(association, sent.form.model_dump(), now())
    return onward(association, step)


def _step_page(request: Request, step: str, association: Association, **values: Any) -> Response:
    row = association
    shown: dict[str, Any] = {
        "association": association,
        "step": step,
        "steps": STEPS,
        "legal_kinds": LEGAL_KINDS,
        "editable": association.status in EDITABLE,
        "place": commune_field.stored(row.commune_code, row.commune_name, row.postcode, row.department),
    } | values
    return page(request, f"associations/{step}.html", **shown)
