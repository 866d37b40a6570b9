"""One request per form, one line per date: a consent moves what its lines cover, and nothing else."""

import pytest

from marketplace import check, db
from marketplace.applications import actions, answers, queries
from marketplace.applications.actions import Choices
from marketplace.applications.answers import Ending
from marketplace.applications.errors import GuardianSaidNo
from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.consents.actions import Answer, GuardianAddress
from marketplace.consents.tables import ConsentLine
from marketplace.guardians import actions as guardians
from marketplace.lifecycle import By
from marketplace.mail.tables import Email
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission, Slot
from tests import make
from tests.client import Client, last_email, links_in

LEAVES = Ending(By.VOLUNTEER, "unavailable")
CLAUDE = Answer("Claude Petit", "parent", "06 12 34 56 78")


async def two_dates(**values: object) -> tuple[Mission, list[Slot]]:
    mission = await make.mission(starts_at=make.after(days=5), minors="open", **values)  # type: ignore[arg-type]
    await make.slot(mission, starts_at=make.after(days=6))
    return mission, await slots_of(mission.id)


async def ask(slots: list[Slot], account: object, parent: str) -> str:
    """The token in the parent's mail."""
    choices = Choices(guardian=GuardianAddress(parent, "parent"))
    await actions.apply(account, None, slots, choices, make.NOW)  # type: ignore[arg-type]
    return links_in(await last_email(parent))[0].rpartition("/")[2]


async def statuses() -> list[str]:
    return [row.status for row in await Application.objects().order_by(Application.id)]


async def lines() -> list[str]:
    return [line.status for line in await ConsentLine.objects().order_by(ConsentLine.id)]


@pytest.mark.parametrize("admission", ["review", "instant"])
async def test_a_yes_does_not_reach_a_date_asked_again_of_somebody_else(
    site: object, database: None, admission: str
) -> None:
    _, slots = await two_dates(admission=admission)
    account = await make.account_of(await make.volunteer(age=16))
    first = await ask(slots, account, "maman@example.org")
    second = (await Application.objects().order_by(Application.id))[1]
    await answers.withdraw(await queries.candidacy(second.public_id), LEAVES, make.NOW)
    await ask(slots[1:], account, "papa@example.org")

    await guardians.give(first, CLAUDE, None, make.NOW)

    reached = Status.ACCEPTED if admission == "instant" else Status.PENDING
    assert await statuses() == [reached, Status.WITHDRAWN, Status.AWAITING_CONSENT]
    assert await lines() == ["given", "void", "asked"]
    assert await check.broken(make.NOW) == {}


async def test_a_refusal_does_not_either(site: object, database: None) -> None:
    _, slots = await two_dates()
    account = await make.account_of(await make.volunteer(age=16))
    first = await ask(slots, account, "maman@example.org")
    second = (await Application.objects().order_by(Application.id))[1]
    await answers.withdraw(await queries.candidacy(second.public_id), LEAVES, make.NOW)
    await ask(slots[1:], account, "papa@example.org")

    await guardians.refuse(first, make.NOW)

    assert await statuses() == [Status.WITHDRAWN, Status.WITHDRAWN, Status.AWAITING_CONSENT]


async def test_an_unticked_date_is_never_agreed_to_whatever_became_of_the_other(client: Client) -> None:
    mission, slots = await two_dates()
    await make.slot(mission, starts_at=make.after(days=7))
    account = await make.account_of(await make.volunteer(age=16))
    token = await ask(slots, account, "maman@example.org")
    parent = client.another()
    page = await parent.follow(await parent.get(f"/accord/{token}", 303))
    agreement = await parent.get(page.path + "/oui")
    second = (await Application.objects().order_by(Application.id))[1]
    await answers.withdraw(await queries.candidacy(second.public_id), LEAVES, make.NOW)
    typed = {"name": "Claude Petit", "relationship": "parent", "phone": "06 12 34 56 78"}
    boxes = {"authority": "yes", "has_read": "yes", "no_disagreement": "yes"}

    told = await parent.submit(agreement, {**typed, **boxes, "dates": [slot_key(slots[1])]}, status=422)

    assert "Cochez au moins une date" in told.text
    assert (await statuses())[0] == Status.AWAITING_CONSENT


async def test_an_unticked_date_is_not_asked_again_for_thirty_days(site: object, database: None) -> None:
    _, slots = await two_dates()
    account = await make.account_of(await make.volunteer(age=16))
    token = await ask(slots, account, "maman@example.org")
    await guardians.give(token, CLAUDE, [slot_key(slots[0])], make.NOW)
    with pytest.raises(GuardianSaidNo):
        await ask(slots[1:], account, "papa@example.org")


async def test_a_refusal_also_takes_the_minor_off_the_missions_lists(site: object, database: None) -> None:
    mission, slots = await two_dates()
    third = await make.slot(mission, starts_at=make.after(days=7), places=1)
    await make.application(third)
    minor = await make.volunteer(age=16)
    waits = await make.application(third, minor, status=Status.WAITING)
    token = await ask(slots, await make.account_of(minor), "maman@example.org")

    await guardians.refuse(token, make.NOW)

    row = await Application.objects().get(Application.id == waits.id)
    assert row is not None
    assert row.status == Status.WITHDRAWN


async def test_a_date_whose_time_to_answer_passed_ends_by_time_and_the_others_are_agreed(
    site: object, database: None
) -> None:
    mission = await make.mission(starts_at=make.after(days=3), minors="open")
    await make.slot(mission, starts_at=make.after(days=20))
    account = await make.account_of(await make.volunteer(age=16))
    token = await ask(await slots_of(mission.id), account, "maman@example.org")

    await guardians.give(token, CLAUDE, None, make.after(days=2, hours=1))

    assert await statuses() == [Status.WITHDRAWN, Status.PENDING]
    assert await lines() == ["expired", "given"]
    late = (await Application.objects().order_by(Application.id))[0]
    assert late.ended_by == By.TIME


async def test_a_suspended_association_accepts_nobody_by_a_guardians_yes(
    site: object, database: None
) -> None:
    mission = await make.mission(minors="open", admission="instant")
    account = await make.account_of(await make.volunteer(age=16))
    token = await ask(await slots_of(mission.id), account, "maman@example.org")
    await Association.update({Association.status: "suspended"}).where(Association.id == mission.association)
    await guardians.give(token, CLAUDE, None, make.NOW)
    assert await statuses() == [Status.PENDING]


async def test_taking_a_yes_back_leaves_the_date_that_is_over(site: object, database: None) -> None:
    _, slots = await two_dates(admission="instant")
    account = await make.account_of(await make.volunteer(age=16))
    token = await ask(slots, account, "maman@example.org")
    parent = await guardians.give(token, CLAUDE, None, make.NOW)

    await guardians.withdraw(parent, make.after(days=5, hours=3))

    assert await statuses() == [Status.ACCEPTED, Status.WITHDRAWN]
    assert await lines() == ["given", "withdrawn"]
    assert await db.fetch("SELECT id FROM slot WHERE places_taken <> 1") != []


async def test_several_dates_taken_back_are_listed_and_make_one_mail(client: Client) -> None:
    _, slots = await two_dates()
    account = await make.account_of(await make.volunteer(age=16))
    parent = await guardians.give(await ask(slots, account, "maman@example.org"), CLAUDE, None, make.NOW)
    browser = client.another()
    followed = await browser.follow(await browser.get(f"/suivi-parent/{parent}", 303))
    page = await browser.get(next(link for link in followed.links if link.endswith("/retrait")))
    shown = page.text.replace("\u00a0", " ")
    await browser.submit(page)

    for day in ("dimanche 7 mars", "lundi 8 mars"):
        assert day in shown
    assert await statuses() == [Status.WITHDRAWN, Status.WITHDRAWN]
    (told,) = await Email.objects().where(Email.template == "application_withdrawn")
    assert "Les places sont rendues." in told.text
    assert "7 mars" in told.text
    assert "8 mars" in told.text
    await browser.http.aclose()
