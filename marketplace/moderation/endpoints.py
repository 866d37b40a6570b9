"""The queue and its files: take one, decide, go on with the next."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from marketplace.associations.lifecycle import Status as AssociationStatus
from marketplace.missions import words
from marketplace.missions.checks import closed_to_minors_because
from marketplace.missions.lifecycle import Minors
from marketplace.missions.lifecycle import Status as MissionStatus
from marketplace.missions.text_warnings import warnings
from marketplace.moderation import actions, queries
from marketplace.moderation.forms import DecisionForm
from marketplace.moderation.labels import (
    ACT_LABELS,
    ASSOCIATION_STATUS,
    DONE_LABELS,
    FILE_LABELS,
    MINORS_LABELS,
    MISSION_STATUS,
    PILE_LABELS,
)
from marketplace.moderation.lifecycle import Act, Pile
from marketplace.moderation.policies import acts_on_association, acts_on_mission
from marketplace.moderation.tables import Decision, Moderator
from marketplace.text import _
from marketplace.vocabulary.exposures import EXPOSURES
from marketplace.vocabulary.legal_kinds import LEGAL_KINDS
from marketplace.vocabulary.reasons import MODERATION_REASONS
from marketplace.web.clock import now
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect


async def queue(request: Request) -> Response:
    """What waits, oldest first."""
    return page(request, "moderation/queue.html", **await _list(request))


async def association(request: Request) -> Response:
    """An association's file."""
    return await _association_page(request)


async def decide_association(request: Request) -> Response:
    """Decide about an association."""
    row = await queries.association_file(request.path_params["association"])
    sent = await read(DecisionForm, request)
    if sent.form is None:
        return await _association_page(request, sent, status=422)
    form = sent.form
    decision = await actions.decide_association(
        _moderator(request), row, form.act, form.reason, form.note, now()
    )
    return await _next(request, decision)


async def mission(request: Request) -> Response:
    """A mission's file."""
    return await _mission_page(request)


async def decide_mission(request: Request) -> Response:
    """Decide about a mission."""
    view = await queries.mission_file(request.path_params["mission"], now())
    sent = await read(DecisionForm, request)
    if sent.form is None:
        return await _mission_page(request, sent, status=422)
    form = sent.form
    decision = await actions.decide_mission(
        _moderator(request), view.mission, form.act, form.reason, form.note, now()
    )
    if Act.OPEN_TO_MINORS in acts_on_mission(view.mission, view.association.status):
        # published a moment ago, and minors are asked for: the same eyes go on
        return redirect("moderation.mission", mission=view.mission.public_id, **_asked(request, decision))
    return await _next(request, decision)


async def _association_page(
    request: Request, sent: Submission[DecisionForm] | None = None, status: int = 200
) -> Response:
    row = await queries.association_file(request.path_params["association"])
    silent = await queries.is_silent(row.id)
    return page(
        request,
        "moderation/association.html",
        status=status,
        sent=sent,
        association=row,
        legal_kind=_(LEGAL_KINDS.get(row.legal_kind, "")),
        status_label=_(ASSOCIATION_STATUS[AssociationStatus(row.status)][0]),
        status_kind=ASSOCIATION_STATUS[AssociationStatus(row.status)][1],
        namesakes=await queries.namesakes(row),
        silent=silent,
        past=await queries.decisions(association_id=row.id),
        acts=[(act.value, _(ACT_LABELS[act])) for act in acts_on_association(row.status, silent)],
        own=await queries.belongs(_moderator(request).email, row.id),
        **await _list(request, row.public_id),
    )


async def _mission_page(
    request: Request, sent: Submission[DecisionForm] | None = None, status: int = 200
) -> Response:
    view = await queries.mission_file(request.path_params["mission"], now())
    row = view.mission
    return page(
        request,
        "moderation/mission.html",
        status=status,
        sent=sent,
        view=view,
        mission=row,
        words=words,
        status_label=_(MISSION_STATUS[MissionStatus(row.status)][0]),
        status_kind=MISSION_STATUS[MissionStatus(row.status)][1],
        minors_label=_(MINORS_LABELS[Minors(row.minors)]),
        exposures=[(_(label), key in (row.exposures or ())) for key, label in EXPOSURES.items()],
        warnings=warnings(row),
        closed_because=closed_to_minors_because(row, view.slots),
        past=await queries.decisions(mission_id=row.id),
        acts=[(act.value, _(ACT_LABELS[act])) for act in acts_on_mission(row, view.association.status)],
        own=await queries.belongs(_moderator(request).email, view.association.id),
        **await _list(request, row.public_id),
    )


async def _list(request: Request, current: str = "") -> dict[str, Any]:
    """The left pane: what waits in the chosen pile, how much in each, and what was just done."""
    pile = _pile(request)
    done = await queries.decision(request.query_params.get("fait", ""), _moderator(request).id)
    return {
        "pile": pile.value if pile else "",
        "piles": [(each.value, _(PILE_LABELS[each]), await queries.count(each)) for each in Pile],
        "file_labels": {each.value: _(label) for each, label in FILE_LABELS.items()},
        "files": await queries.waiting([pile] if pile else list(Pile)),
        "current": current,
        "done": _(DONE_LABELS[done.act]) if done else "",
        "done_labels": {act: _(label) for act, label in DONE_LABELS.items()},
        "reasons": {key: _(label) for key, label in MODERATION_REASONS.items()},
        "count_cap": queries.COUNT_CAP,
    }


async def _next(request: Request, decision: Decision) -> Response:
    pile = _pile(request)
    files = await queries.waiting([pile] if pile else list(Pile), limit=1)
    asked = _asked(request, decision)
    if not files:
        return redirect("moderation.queue", **asked)
    if files[0].is_association:
        return redirect("moderation.association", association=files[0].public_id, **asked)
    return redirect("moderation.mission", mission=files[0].public_id, **asked)


def _asked(request: Request, decision: Decision) -> dict[str, str]:
    pile = _pile(request)
    return {"sujet": pile.value if pile else "", "fait": decision.public_id}


def _pile(request: Request) -> Pile | None:
    asked = request.query_params.get("sujet", "")
    return Pile(asked) if asked in list(Pile) else None


def _moderator(request: Request) -> Moderator:
    moderator: Moderator = request.scope["moderator"]
    return moderator
