"""Pages where owners and managers write their missions, and where every member lists them."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import current_account, viewer_of
from marketplace.associations import member_queries
from marketplace.associations import queries as associations
from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.errors import NotFound
from marketplace.missions import actions, drafts, steps, words
from marketplace.missions.care_forms import ConditionsForm, FrameForm, WelcomeForm
from marketplace.missions.checks import consequences, minors_sentences, touches_night, why_not_submit
from marketplace.missions.choices import choices, chosen
from marketplace.missions.date_fields import WEEKDAYS
from marketplace.missions.errors import NotEditable
from marketplace.missions.form_fields import StepForm
from marketplace.missions.forms import AudienceForm, DomainForm, PresentationForm
from marketplace.missions.lifecycle import EDITABLE, PlaceKind
from marketplace.missions.practical_forms import DatesForm, PlaceForm, PlacesForm
from marketplace.missions.queries import slots_of
from marketplace.missions.series import series_of
from marketplace.missions.tables import Mission, Slot
from marketplace.missions.text_warnings import warnings
from marketplace.missions.undertaking import DEFAULT_UNDERTAKING
from marketplace.text import _
from marketplace.vocabulary import commune_field
from marketplace.vocabulary.commune_field import NOWHERE, CommuneField
from marketplace.web import pagination
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect

FORMS: Mapping[str, type[StepForm]] = {
    "domaine": DomainForm,
    "presentation": PresentationForm,
    "publics": AudienceForm,
    "lieu": PlaceForm,
    "dates": DatesForm,
    "places": PlacesForm,
    "cadre": FrameForm,
    "conditions": ConditionsForm,
    "accueil": WelcomeForm,
}


async def index(request: Request) -> Response:
    """An association's missions: state, seats, what to do next."""
    viewer = viewer_of(request)
    association = await associations.member_association(
        viewer.account_id, request.path_params["association"], associations.EVERYONE
    )
    rows = await drafts.own_missions(association, pagination.cursor(request), now())
    return page(
        request,
        "missions/index.html",
        association=association,
        found=pagination.cut(rows, lambda row: row.mission.public_id, drafts.LISTED),
        may_write=await associations.manages(viewer.account_id, association.id),
        others=await member_queries.others_of(viewer.account_id, association),
    )


async def create(request: Request) -> Response:
    """Start a draft."""
    account = await current_account(request)
    association = await associations.member_association(account.id, request.path_params["association"])
    mission = await actions.create(association, account, now())
    return redirect("missions.write", mission=mission.public_id, step=next(iter(steps.STEPS)))


async def duplicate(request: Request) -> Response:
    """Start a draft from another mission."""
    account = await current_account(request)
    mission = await drafts.member_mission(account.id, request.path_params["mission"])
    copy = await actions.duplicate(mission, account, now())
    return redirect("missions.check", mission=copy.public_id)


async def write(request: Request) -> Response:
    """One page of a draft."""
    mission, step = await _editable(request)
    field = commune_field.stored(
        mission.commune_code, mission.commune_name, mission.postcode, mission.department
    )
    return await _step_page(request, mission, step, place=field)


async def save(request: Request) -> Response:
    """Keep one page of a draft, and go on to the next one, or to the check page."""
    mission, step = await _editable(request)
    sent = await read(FORMS[step], request, {"now": now(), "exposures": mission.exposures or []})
    field, place = await _commune(sent) if step == "lieu" else (CommuneField(), {})
    if sent.form is None:
        return await _step_page(request, mission, step, place=field, sent=sent, status=422)
    columns = {**sent.form.columns(), **place}
    written, places = sent.form.dates(), sent.form.slot_places()
    await actions.write(mission, columns, now(), dates=written, places=places)
    following = "" if sent.value("then") == "check" else steps.following(step)
    if not following:
        return redirect("missions.check", mission=mission.public_id)
    return redirect("missions.write", mission=mission.public_id, step=following)


async def check(request: Request) -> Response:
    """« Vérifiez avant d’envoyer »: everything, with what is missing and what to read again."""
    viewer = viewer_of(request)
    mission = await drafts.member_mission(viewer.account_id, request.path_params["mission"])
    if mission.status not in EDITABLE:
        return redirect("publishing.show", mission=mission.public_id)
    association = await associations.fresh(mission.association)
    slots = await slots_of(mission.id)
    return page(
        request,
        "missions/check.html",
        mission=mission,
        slots=slots,
        steps=steps.STEPS,
        said=chosen(mission),
        words=words,
        missing=why_not_submit(mission, slots, now()),
        verified=association.status == AssociationStatus.VERIFIED,
        association=association,
        warnings=warnings(mission),
        consequences=consequences(mission, slots),
    )


async def _commune(sent: Submission[StepForm]) -> tuple[CommuneField, Mapping[str, Any]]:
    """The commune as sent, and its columns: none for work from home, or before it is typed."""
    typed = any(sent.value(name) for name in ("commune", "commune_free", "commune_code", "commune_name"))
    remote = sent.value("place_kind") == PlaceKind.REMOTE
    if remote or not typed:
        kept = {"address": ""} if remote else {}
        return CommuneField(), {**NOWHERE.columns, "latitude": None, "longitude": None, **kept}
    field = await commune_field.ask(sent)
    found = field.place
    if found is None:
        return field, {}
    return field, {**found.columns, "latitude": found.latitude, "longitude": found.longitude}


async def _editable(request: Request) -> tuple[Mission, str]:
    """One's draft, and the step asked for."""
    viewer = viewer_of(request)
    step = request.path_params["step"]
    mission = await drafts.member_mission(viewer.account_id, request.path_params["mission"])
    if step not in steps.STEPS:
        raise NotFound
    if mission.status not in EDITABLE:
        raise NotEditable(mission.public_id)
    return mission, step


async def _step_page(
    request: Request, mission: Mission, step: str, *, status: int = 200, **values: Any
) -> Response:
    slots = await slots_of(mission.id)
    return page(
        request,
        f"missions/steps/{step}.html",
        status=status,
        mission=mission,
        slots=slots,
        series=series_of(slots),
        weekdays=[(key, _(label)) for key, label in WEEKDAYS.items()],
        words=words,
        step=step,
        steps=steps.STEPS,
        number=steps.number(step),
        choices=choices(),
        entails=_entailed(mission, slots, step),
        default_undertaking=_(DEFAULT_UNDERTAKING),
        **values,
    )


def _entailed(mission: Mission, slots: Sequence[Slot], step: str) -> list[str]:
    """What the answers of the page just saved entail, said at the top of the next one."""
    if step == "conditions":
        return consequences(mission, slots)
    at_night = "night" in mission.day_parts or any(touches_night(slot) for slot in slots)
    return minors_sentences(mission, slots)[-1:] if step == "places" and at_night else []
