"""Pages to apply: three, without JavaScript, then one that confirms a visitor's address."""

from collections.abc import Mapping, Sequence
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.queries import account as account_of
from marketplace.accounts.viewers import viewer_if_any, viewer_of
from marketplace.applications import actions, holds, queries
from marketplace.applications.actions import Applied, Choices
from marketplace.applications.applicants import Visitor
from marketplace.applications.asking import Asking, asking_of
from marketplace.applications.errors import SlotFull
from marketplace.applications.forms import CARRIED, GUARDIAN_FIELDS, MOST_SLOTS, ApplicationForm
from marketplace.consents.actions import GuardianAddress
from marketplace.errors import NotFound, Refusal
from marketplace.missions import words
from marketplace.missions.calendar import overlapping
from marketplace.missions.lifecycle import Shown
from marketplace.missions.policies import is_full, slot_key
from marketplace.missions.queries import full_mission
from marketplace.missions.tables import Slot
from marketplace.vocabulary.relationships import RELATIONSHIPS
from marketplace.web import limits
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect


async def new(request: Request) -> Response:
    """What one offers to do, and who one is."""
    return _page(request, "new", await _asking(request), None)


async def create(request: Request) -> Response:
    """Each page sends everything again; the last button applies."""
    asking = await _asking(request, may_be_refused=True)
    sent = await read(ApplicationForm, request, {"asked": asking.asked})
    if sent.value("step") in ("change", "change_guardian"):
        template = "guardian" if sent.value("step") == "change_guardian" else "new"
        born_on = sent.form.born_on if sent.form else None
        return _page(request, template, asking, Submission(sent.data), born_on=born_on)
    if sent.form is None and asking.refusal:
        raise asking.refusal
    if sent.form is None:
        asking.place_errors(sent)
        wrong = {name for name, _ in sent.errors}
        template = "guardian" if wrong <= set(GUARDIAN_FIELDS) else "new"
        return _page(request, template, asking, sent, status=422)
    if sent.form.step == "send":
        return await _apply(request, asking, sent, sent.form)
    asking.refuse(sent.form)
    unnamed = not (sent.form.guardian_relationship and sent.form.guardian_email)
    if asking.asked.minor(sent.form.born_on, sent.form.slots) and unnamed:
        return _page(request, "guardian", asking, sent)
    return _page(request, "check", asking, sent)


async def sent(request: Request) -> Response:
    """What became of each date of a form."""
    at, viewer = now(), viewer_of(request)
    view = await full_mission(request.path_params["mission"], at)
    found = await queries.live_of_account(viewer.account_id, view.mission.id)
    if view.shown == Shown.NOT_PUBLIC and not found:
        raise NotFound
    without = request.query_params.getlist("sans")[:MOST_SLOTS]
    return page(
        request,
        "applications/sent.html",
        view=view,
        found=found,
        refused=[slot for slot in view.slots if slot_key(slot) in without],
        words=words,
    )


async def _asking(request: Request, *, may_be_refused: bool = False) -> Asking:
    viewer = viewer_if_any(request)
    account = await account_of(viewer.account_id) if viewer else None
    mission = request.path_params["mission"]
    return await asking_of(mission, account, now(), may_be_refused=may_be_refused)


def _page(
    request: Request,
    name: str,
    asking: Asking,
    sent: Submission[ApplicationForm] | None,
    status: int = 200,
    *,
    born_on: date | None = None,
    filled: Sequence[Slot] = (),
    refusal: Refusal | None = None,
) -> Response:
    form = sent.form if sent else None
    born_on = form.born_on if form else born_on
    keys = [*form.slots, *form.waits] if form else list(asking.asked.days)
    chosen = [slot for slot in asking.slots if slot_key(slot) in keys]
    return page(
        request,
        f"applications/{name}.html",
        status=status,
        view=asking.view,
        free=[slot for slot in asking.slots if not is_full(slot)],
        full=[slot for slot in asking.slots if is_full(slot)],
        chosen=chosen,
        planned=asking.planned,
        overlapping=overlapping(chosen),
        slot_key=slot_key,
        just_filled=name == "new" and status == SlotFull.status,
        filled=filled,
        refusal=refusal,
        asked=asking.asked,
        account=asking.account,
        sent=sent,
        form=form,
        words=words,
        carried=CARRIED,
        guardian_fields=GUARDIAN_FIELDS,
        relationships=RELATIONSHIPS,
        asks_guardian=form is not None and asking.asked.minor(form.born_on, form.slots),
        tu=name == "guardian" or asking.asked.minor(born_on, keys),
    )


def _filled(
    request: Request, asking: Asking, typed: Mapping[str, list[str]], form: ApplicationForm
) -> Response:
    """The first page again: the dates that filled meanwhile are now ticked among the lists one may join."""
    filled = [slot for slot in asking.slots if is_full(slot) and slot_key(slot) in form.slots]
    waits = [*form.waits, *(slot_key(slot) for slot in filled)]
    again = {**typed, "slots": [key for key in form.slots if key not in waits], "waits": waits}
    sent = Submission[ApplicationForm](again)
    return _page(request, "new", asking, sent, SlotFull.status, born_on=form.born_on, filled=filled)


async def _apply(
    request: Request, asking: Asking, sent: Submission[ApplicationForm], form: ApplicationForm
) -> Response:
    """The last button. Nothing typed is lost, whatever the answer: it may be changed, or sent again."""
    try:
        asking.refuse(form)
        return await _send(request, asking, form)
    except SlotFull:  # the page now offers the waiting list
        return _filled(request, await _asking(request), sent.data, form)
    except Refusal as refusal:
        return _page(request, "check", asking, sent, refusal.status, refusal=refusal)


async def _send(request: Request, asking: Asking, form: ApplicationForm) -> Response:
    guardian = None
    if asking.asked.minor(form.born_on, form.slots):
        guardian = GuardianAddress(form.guardian_email, form.guardian_relationship)
    choices = Choices(
        form.message,
        form.tasks,
        asking.view.mission.undertaking,
        form.prerequisites,
        guardian,
        {*form.waits, *(form.slots if form.may_wait else ())},
        form.first_name,
        form.family_name,
    )
    chosen = {*form.slots, *form.waits}
    slots = [slot for slot in asking.slots if slot_key(slot) in chosen]
    if asking.account is None:
        if form.born_on is None:
            raise NotFound  # the form asks every visitor for it
        network = limits.network(request)
        visitor = Visitor(form.email, form.first_name, form.family_name, form.born_on, network)
        await holds.hold(visitor, slots, choices, asking.now)
        return redirect("applications.held")
    applied = await actions.apply(asking.account, form.born_on, slots, choices, asking.now)
    return to_sent(asking.view.mission.public_id, applied)


def to_sent(mission: str, applied: Applied) -> Response:
    """Where whoever has applied is led: to the application, or to the list of several."""
    if len(applied.applications) == 1 and not applied.refused:
        return redirect("applications.show", application=applied.applications[0].public_id)
    without = [slot_key(slot) for slot, _ in applied.refused]
    return redirect("applications.sent", mission=mission, sans=without)
