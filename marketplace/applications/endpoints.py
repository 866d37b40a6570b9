"""Pages to apply: three, without JavaScript, then one that confirms a visitor's address."""

from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from marketplace.accounts.cookies import device, remember
from marketplace.accounts.queries import account as account_of
from marketplace.accounts.tables import Account
from marketplace.accounts.viewers import viewer_if_any
from marketplace.applications import actions, holds, queries
from marketplace.applications.actions import Choices
from marketplace.applications.errors import MissionClosed
from marketplace.applications.forms import CARRIED, GUARDIAN_FIELDS, ApplicationForm, Asked
from marketplace.applications.holds import Visitor
from marketplace.applications.policies import Person, why_not_apply
from marketplace.consents.actions import GuardianAddress
from marketplace.errors import NotFound
from marketplace.missions import words
from marketplace.missions.lifecycle import Shown
from marketplace.missions.policies import is_applicable, is_full, slot_day
from marketplace.missions.queries import MissionView, full_mission
from marketplace.missions.tables import Slot
from marketplace.vocabulary.relationships import RELATIONSHIPS
from marketplace.volunteers.queries import volunteer_of
from marketplace.web import limits, links
from marketplace.web.clock import now, paris_day
from marketplace.web.forms import Submission, read
from marketplace.web.pages import page, redirect


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who looks at a mission to apply, and what they are asked."""

    view: MissionView
    slot: Slot
    account: Account | None
    person: Person
    asked: Asked
    now: datetime

    def refuse(self, person: Person) -> None:
        """Raise what stops this person, if anything does."""
        mission, status = self.view.mission, self.view.association.status
        if refusal := why_not_apply(person, mission, status, self.slot, self.now):
            raise refusal


async def new(request: Request) -> Response:
    """What one offers to do, and who one is."""
    return _page(request, "new", await _asking(request), None)


async def create(request: Request) -> Response:
    """Each page sends everything again; the last button applies."""
    asking = await _asking(request)
    sent = await read(ApplicationForm, request, {"asked": asking.asked})
    if sent.value("step") in ("change", "change_guardian"):
        template = "guardian" if sent.value("step") == "change_guardian" else "new"
        return _page(request, template, asking, Submission(sent.data))
    if sent.form is None:
        wrong = {name for name, _ in sent.errors}
        template = "guardian" if wrong <= set(GUARDIAN_FIELDS) else "new"
        return _page(request, template, asking, sent, status=422)
    asking.refuse(replace(asking.person, born_on=asking.asked.born_on or sent.form.born_on))
    unnamed = not (sent.form.guardian_relationship and sent.form.guardian_email)
    if asking.asked.minor(sent.form.born_on) and unnamed:
        return _page(request, "guardian", asking, sent)
    if sent.form.step != "send":
        return _page(request, "check", asking, sent)
    return await _send(request, asking, sent.form)


async def held(request: Request) -> Response:
    """The same page whether the address is known or not."""
    return page(request, "applications/held.html")


async def arrive(request: Request) -> Response:
    """The mailed link: it only leads to a button."""
    return links.arrive(request, request.path_params["secret"], "applications.confirmation")


async def confirmation(request: Request) -> Response:
    """The button that confirms: mail scanners open links, they do not press it."""
    return page(request, "applications/confirmation.html", link=request.path_params["link"])


async def confirm(request: Request) -> Response:
    """The held place becomes an application, and its owner is signed in."""
    confirmed = await holds.confirm(links.held(request), device(request), now())
    response = redirect("applications.show", application=confirmed.application.public_id)
    return links.forget(request, remember(response, confirmed.token))


async def _asking(request: Request) -> Asking:
    at = now()
    view = await full_mission(request.path_params["mission"], at)
    if view.shown == Shown.NOT_PUBLIC:
        raise NotFound
    applicable = [slot for slot in view.slots if is_applicable(slot, at)]
    if not applicable:
        raise MissionClosed
    slot = next((slot for slot in applicable if not is_full(slot)), applicable[0])
    viewer = viewer_if_any(request)
    account = await account_of(viewer.account_id) if viewer else None
    person = await _person(account, slot, at)
    asking = Asking(view, slot, account, person, _asked(view, slot, account, person, at), at)
    asking.refuse(person)
    return asking


async def _person(account: Account | None, slot: Slot, at: datetime) -> Person:
    if account is None:
        return Person()
    return Person(**await queries.facts_about(account, await volunteer_of(account.id), slot, at))


def _asked(view: MissionView, slot: Slot, account: Account | None, person: Person, at: datetime) -> Asked:
    return Asked(
        today=paris_day(at),
        slot_day=slot_day(slot, at),
        tasks=view.mission.tasks,
        prerequisites=view.mission.prerequisites,
        undertaking=bool(view.mission.undertaking),
        email=account.email if account else "",
        names=account is None or not account.first_name,
        age=account is None or (account.adult_attested_on is None and person.born_on is None),
        born_on=person.born_on,
    )


def _page(
    request: Request,
    name: str,
    asking: Asking,
    sent: Submission[ApplicationForm] | None,
    status: int = 200,
) -> Response:
    form = sent.form if sent else None
    return page(
        request,
        f"applications/{name}.html",
        status=status,
        view=asking.view,
        slot=asking.slot,
        asked=asking.asked,
        account=asking.account,
        sent=sent,
        form=form,
        words=words,
        carried=CARRIED,
        guardian_fields=GUARDIAN_FIELDS,
        relationships=RELATIONSHIPS,
        tu=name == "guardian" or asking.asked.minor(form.born_on if form else None),
    )


async def _send(request: Request, asking: Asking, form: ApplicationForm) -> Response:
    guardian = None
    if asking.asked.minor(form.born_on):
        guardian = GuardianAddress(form.guardian_email, form.guardian_relationship)
    choices = Choices(
        form.message,
        form.tasks,
        asking.view.mission.undertaking,
        form.prerequisites,
        guardian,
        form.first_name,
        form.family_name,
    )
    if asking.account is None:
        if form.born_on is None:
            raise NotFound  # the form asks every visitor for it
        network = limits.network(request)
        visitor = Visitor(form.email, form.first_name, form.family_name, form.born_on, network)
        await holds.hold(visitor, asking.slot, choices, asking.now)
        return redirect("applications.held")
    application = await actions.apply(asking.account, form.born_on, asking.slot, choices, asking.now)
    return redirect("applications.show", application=application.public_id)
