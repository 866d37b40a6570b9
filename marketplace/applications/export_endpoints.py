"""The people accepted in a mission, for a spreadsheet: what the association may see of each, no more."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.applications import export_queries
from marketplace.applications.export_actions import note_export
from marketplace.applications.export_policies import why_not_export
from marketplace.applications.received import Received, received
from marketplace.associations import queries as associations
from marketplace.errors import NotFound
from marketplace.missions import words
from marketplace.missions.drafts import member_mission
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission
from marketplace.text import _
from marketplace.web import dates
from marketplace.web.clock import now, paris_day
from marketplace.web.spreadsheet import written


async def accepted_csv(request: Request) -> Response:
    """One line per person and date; `?date=` keeps one date. Written down before it is sent."""
    at, account = now(), viewer_of(request).account_id
    mission = await member_mission(account, request.path_params["mission"])
    if refusal := why_not_export(await associations.fresh(mission.association)):
        raise refusal
    slots = await _slots(mission, request.query_params.get("date", ""))
    people = [await received(one, at) async for batch in export_queries.accepted(slots) for one in batch]
    people.sort(key=lambda one: (one.slot.starts_at is not None, one.slot.starts_at or at))
    await note_export(account, mission, len(people), at)
    name = f"acceptes-{mission.public_id}-{paris_day(at):%Y-%m-%d}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(written([_titles(), *map(_line, people)]), media_type="text/csv", headers=headers)


async def _slots(mission: Mission, date: str) -> list[int]:
    slots = [slot for slot in await slots_of(mission.id) if not date or slot_key(slot) == date]
    if date and not slots:
        raise NotFound
    return [slot.id for slot in slots]


def _titles() -> Sequence[str]:
    return (
        _("Prénom"),
        _("Nom"),
        _("Adresse e-mail"),
        _("Âge"),
        _("Parent ou représentant légal"),
        _("Téléphone du parent ou représentant légal"),
        _("Date"),
        _("Tâches"),
        _("« Je viens »"),
    )


def _line(one: Received) -> Sequence[str]:
    slot = one.slot
    return (
        one.first_name,
        one.family_name,
        one.email,
        _("Mineur (16–17 ans)") if one.is_minor else "",
        one.guardian_name,
        one.guardian_phone,
        words.when(slot.starts_at, slot.ends_at) if slot.starts_at else _("Sans date fixée"),
        " · ".join(one.tasks),
        _("dit le {day}").format(day=dates.short_day(one.coming_at)) if one.coming_at else "",
    )
