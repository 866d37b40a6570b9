"""« Dates et places »: the dates of a mission that is online, their places, more of them, fewer of them."""

from collections.abc import Collection, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.errors import NotFound
from marketplace.missions import drafts, words
from marketplace.missions.date_fields import WEEKDAYS
from marketplace.missions.lifecycle import RUNNING, Status
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import MissionView, view_of
from marketplace.missions.series import Series
from marketplace.missions.tables import Slot
from marketplace.publishing import actions, date_actions, queries
from marketplace.publishing.errors import AboutField, DateOver, NotRunning, StaysUndated
from marketplace.publishing.forms import AddDatesForm, CancelDatesForm, PlacesForm
from marketplace.publishing.policies import is_to_come
from marketplace.text import N_, _
from marketplace.web import pagination
from marketplace.web.clock import now
from marketplace.web.forms import read
from marketplace.web.pages import page, redirect

DONE = {  # what the page says once, after a redirect
    "ajout": N_("Les dates sont ajoutées."),
    "annulation": N_("C’est annulé. Les personnes inscrites ou qui attendaient sont prévenues."),
    "places": N_("C’est enregistré."),
}


async def dates(request: Request) -> Response:
    """The dates to come, then (asked for) those that have passed, and a form for more.

    Of a finished mission, those that have passed: attendance is noted there.
    """
    return await _dates_page(request, await _view(request, RUNNING | {Status.FINISHED}))


async def add_dates(request: Request) -> Response:
    """Add some. Refused to a mission without dates."""
    view = await _running(request)
    if _is_undated(view):
        raise StaysUndated
    sent = await read(AddDatesForm, request, {"now": now()})
    if sent.form is None:
        return await _dates_page(request, view, status=422, sent=sent)
    places = sent.form.places or view.slots[-1].places
    try:
        await date_actions.add_dates(view.mission, sent.form.hours(), places, now())
    except AboutField as no:
        sent.refuse(no.field, _(no.message))
        return await _dates_page(request, view, status=422, sent=sent)
    return _done(view, "ajout")


async def date(request: Request) -> Response:
    """One date: its seats, its places, and giving it up."""
    view = await _running(request)
    return await _date_page(request, view, _slot(request, view))


async def change_places(request: Request) -> Response:
    """Raise or lower its places."""
    view = await _running(request)
    slot = _slot(request, view)
    sent = await read(PlacesForm, request)
    if sent.form is None:
        return await _date_page(request, view, slot, status=422, sent=sent)
    try:
        await actions.change_places(view.mission, slot, sent.form.places, now())
    except AboutField as no:
        sent.refuse(no.field, _(no.message))
        return await _date_page(request, view, slot, status=422, sent=sent)
    return _done(view, "places")


async def ask_cancel_dates(request: Request) -> Response:
    """Say who will be told, and ask."""
    view = await _running(request)
    return await _cancel_page(request, view)


async def cancel_dates(request: Request) -> Response:
    """Give up this date, or this one and all that follow."""
    view = await _running(request)
    sent = await read(CancelDatesForm, request)
    if sent.form is None:
        return await _cancel_page(request, view, status=422, sent=sent)
    key, form = request.path_params["slot"], sent.form
    await date_actions.cancel_dates(view.mission, key, form.which == "following", form.message, now())
    return _done(view, "annulation")


async def _running(request: Request) -> MissionView:
    return await _view(request, RUNNING)


async def _view(request: Request, statuses: Collection[str]) -> MissionView:
    account_id = viewer_of(request).account_id
    mission = await drafts.member_mission(account_id, request.path_params["mission"])
    if mission.status not in statuses:
        raise NotRunning
    return await view_of(mission, now())


def _slot(request: Request, view: MissionView) -> Slot:
    """The slot the address names: of two that start together, the one that is not cancelled."""
    named = [slot for slot in view.slots if slot_key(slot) == request.path_params["slot"]]
    if not named:
        raise NotFound
    return next((slot for slot in named if slot.cancelled_at is None), named[-1])


async def _dates_page(request: Request, view: MissionView, **values: Any) -> Response:
    finished = view.mission.status == Status.FINISHED
    passed = finished or bool(request.query_params.get("passees"))
    to_come = [slot for slot in view.slots if is_to_come(slot, view.at)]
    over = [slot for slot in reversed(view.slots) if not is_to_come(slot, view.at)]
    return page(
        request,
        "publishing/dates.html",
        **_about(view),
        found=_cut(over if passed else to_come, request.query_params.get("apres", "")),
        passed=passed,
        finished=finished,
        number_over=len(over),
        undated=_is_undated(view),
        people=await queries.people_by_slot(view.mission.id),
        series=Series(),
        done=DONE.get(request.query_params.get("fait", ""), ""),
        weekdays=[(key, _(label)) for key, label in WEEKDAYS.items()],
        **values,
    )


def _done(view: MissionView, what: str) -> Response:
    """Back to the dates, which say what was done."""
    return redirect("publishing.dates", mission=view.mission.public_id, fait=what)


def _is_undated(view: MissionView) -> bool:
    return any(slot.starts_at is None for slot in view.slots)


def _cut(slots: Sequence[Slot], after: str) -> pagination.Page[Slot]:
    """A page of them: it starts after the slot of this key."""
    keys = [slot_key(slot) for slot in slots]
    first = keys.index(after) + 1 if after in keys else 0
    return pagination.cut(slots[first : first + pagination.PAGE_SIZE + 1], slot_key)


async def _date_page(request: Request, view: MissionView, slot: Slot, **values: Any) -> Response:
    people = await queries.people_by_slot(view.mission.id)
    changes = is_to_come(slot, view.at)
    about = {**_about(view), "slot": slot, "people": people[slot.id], "changes": changes}
    return page(request, "publishing/date.html", **about, **values)


async def _cancel_page(request: Request, view: MissionView, **values: Any) -> Response:
    key = request.path_params["slot"]
    one, following = (date_actions.given_up(view.slots, key, all_, view.at) for all_ in (False, True))
    if not one:
        raise DateOver
    return page(
        request,
        "publishing/cancel_dates.html",
        **_about(view),
        slot=one[0],
        following=len(following),
        told=await queries.people_behind([slot.id for slot in one]),
        told_following=await queries.people_behind([slot.id for slot in following]),
        **values,
    )


def _about(view: MissionView) -> dict[str, Any]:
    return {
        "view": view,
        "mission": view.mission,
        "association": view.association,
        "words": words,
        "slot_key": slot_key,
    }
