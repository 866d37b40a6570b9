"""One page of an association per slot: who was there, and for how long."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications import attendance_actions, attendance_queries, feedback_queries
from marketplace.applications.attendance_actions import Noted
from marketplace.applications.attendance_forms import AttendanceForm, Hours, read_people
from marketplace.applications.attendance_policies import (
    ATTENDANCES,
    duration,
    most_minutes,
    usual_minutes,
    why_not_note,
)
from marketplace.applications.attendance_queries import Attendee
from marketplace.associations.queries import manages
from marketplace.errors import NotFound, Refusal
from marketplace.missions import words
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import MissionView, full_mission
from marketplace.missions.tables import Slot
from marketplace.text import _
from marketplace.web import pagination
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read_form
from marketplace.web.pages import page, redirect


@dataclass(frozen=True, slots=True)
class Sheet:
    """A slot, a page of its people, and what stops noting them now."""

    view: MissionView
    slot: Slot
    people: pagination.Page[Attendee]
    after: str
    refusal: Refusal | None


async def attendance(request: Request) -> Response:
    """Who was accepted, who said they would come, and who was there."""
    return await _page(request, await _sheet(request, now()))


async def note_attendance(request: Request) -> Response:
    """Note all that was answered, or nothing when something is wrong."""
    at = now()
    sheet = await _sheet(request, at)
    if sheet.refusal:
        raise sheet.refusal
    hours = Hours(usual_minutes(sheet.slot), most_minutes(sheet.slot))
    named = [(one.public_id, one.first_name or _("Bénévole")) for one in sheet.people.rows]
    sent, noted = read_people(await read_form(request), named, hours)
    if sent.errors:
        return await _page(request, sheet, sent, status=422)
    people = {who: Noted(form.attendance, form.minutes) for who, form in noted.items()}
    await attendance_actions.note_attendance(sheet.slot, people, at)
    key = slot_key(sheet.slot)
    mission = sheet.view.mission.public_id
    return redirect("applications.attendance", mission=mission, slot=key, apres=sheet.after, note="oui")


async def _sheet(request: Request, at: datetime) -> Sheet:
    view = await full_mission(request.path_params["mission"], at)
    if not await manages(viewer_of(request).account_id, view.association.id):
        raise NotFound
    slot = await attendance_queries.slot_named(view.mission, request.path_params["slot"])
    after = pagination.cursor(request)
    people = await attendance_queries.attendees(slot, after, at)
    refusal = why_not_note(slot, await attendance_queries.over_at(view.mission), at)
    return Sheet(view, slot, people, after, refusal)


async def _page(
    request: Request, sheet: Sheet, sent: Submission[AttendanceForm] | None = None, status: int = 200
) -> Response:
    usual = usual_minutes(sheet.slot)
    return page(
        request,
        "applications/attendance.html",
        status=status,
        sheet=sheet,
        key_of_slot=slot_key(sheet.slot),
        words=words,
        sent=sent,
        saved=request.query_params.get("note") == "oui" and sent is None,
        attendances=ATTENDANCES,
        duration=duration,
        usual=usual,
        said=await feedback_queries.said_by_volunteers([one.public_id for one in sheet.people.rows]),
    )
