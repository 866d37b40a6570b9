"""Pages to write once to everybody accepted in a mission, or on one of its dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.viewers import viewer_of
from marketplace.associations.queries import fresh
from marketplace.associations.tables import Association
from marketplace.messages import actions, recipients_queries
from marketplace.messages.actions import Words
from marketplace.messages.errors import NobodyToWriteTo
from marketplace.messages.forms import EveryoneForm
from marketplace.messages.recipients_queries import Group
from marketplace.missions import words
from marketplace.missions.drafts import member_mission
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission
from marketplace.missions.text_warnings import holds_contacts
from marketplace.text import N_, _
from marketplace.web import limits
from marketplace.web.clock import now
from marketplace.web.forms import UNKNOWN_CHOICE, Submission, read
from marketplace.web.pages import page, redirect

MOST, A_DAY = 10, timedelta(days=1)
TOO_MANY = N_("Vous avez déjà écrit plusieurs fois à tout le monde aujourd’hui. Réessayez demain.")


@dataclass(frozen=True, slots=True)
class Everyone:
    """A mission, and the groups of people accepted in it."""

    mission: Mission
    association: Association
    groups: Sequence[Group]


async def to_all(request: Request) -> Response:
    """To whom, and what."""
    return _page(request, "to_all", await _everyone(request))


async def send_to_all(request: Request) -> Response:
    """Say who receives it; then send it, each in their own thread."""
    everyone = await _everyone(request)
    if not everyone.groups:
        raise NobodyToWriteTo
    sent = await read(EveryoneForm, request)
    if sent.value("step") == "write":
        return _page(request, "to_all", everyone, Submission(sent.data))
    group = next((one for one in everyone.groups if one.key == sent.value("to")), None)
    if sent.form and group is None:
        sent.refuse("to", _(UNKNOWN_CHOICE))
    if sent.form is None or group is None:
        return _page(request, "to_all", everyone, sent, status=422)
    if sent.form.step != "send":
        caution = group.minors > 0 and holds_contacts(sent.form.text)
        return _page(request, "check_to_all", everyone, sent, group=group, caution=caution)
    account = str(viewer_of(request).account_id)
    if not await limits.allow("message to all", account, MOST, A_DAY, now()):
        sent.refuse("text", _(TOO_MANY))
        return _page(request, "to_all", everyone, sent, status=422)
    return await _send(request, everyone, group, sent.form.text)


async def sent_to_all(request: Request) -> Response:
    """It is sent, and to how many."""
    mission = await member_mission(viewer_of(request).account_id, request.path_params["mission"])
    last = await recipients_queries.last_to_all(mission.id, viewer_of(request).account_id)
    if last is None:
        return redirect("messages.to_all", mission=mission.public_id)
    return page(request, "messages/sent_to_all.html", mission=mission, people=last[0], at=last[1])


async def _everyone(request: Request) -> Everyone:
    mission = await member_mission(viewer_of(request).account_id, request.path_params["mission"])
    groups = await recipients_queries.groups(mission, await slots_of(mission.id), now())
    return Everyone(mission, await fresh(mission.association), groups)


async def _send(request: Request, everyone: Everyone, group: Group, text: str) -> Response:
    await actions.write_to_all(everyone.mission, group.key, Words(viewer_of(request), text, True), now())
    return redirect("messages.sent_to_all", mission=everyone.mission.public_id)


def _page(
    request: Request,
    name: str,
    everyone: Everyone,
    sent: Submission[EveryoneForm] | None = None,
    status: int = 200,
    **values: object,
) -> Response:
    about = {"mission": everyone.mission, "association": everyone.association, "groups": everyone.groups}
    return page(request, f"messages/{name}.html", status=status, sent=sent, words=words, **about, **values)
