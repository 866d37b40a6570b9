"""Deciding about a file: the act, its record, its e-mail; and who may not."""

import asyncio
from typing import Any

import pytest

from marketplace import db
from marketplace.associations.lifecycle import Status as Association_
from marketplace.associations.tables import Association
from marketplace.lifecycle import Change, OutOfDate
from marketplace.mail.tables import Email
from marketplace.missions.lifecycle import Minors
from marketplace.missions.lifecycle import Status as Mission_
from marketplace.missions.tables import Mission
from marketplace.moderation import actions, queries
from marketplace.moderation.errors import NeedsTwoModerators, NotReady, OwnAssociation
from marketplace.moderation.lifecycle import Act, Pile
from marketplace.moderation.tables import Decision, DecisionNote
from marketplace.publishing.errors import MinorsStayOut
from tests import make

pytestmark = pytest.mark.usefixtures("site")  # e-mails lead to the site's addresses

ABOUT_ASSOCIATIONS = [
    (Association_.SUBMITTED, Act.VERIFY_ASSOCIATION, Association_.VERIFIED, "association_verified"),
    (Association_.SUBMITTED, Act.RETURN_ASSOCIATION, Association_.RETURNED, "association_returned"),
    (Association_.VERIFIED, Act.SUSPEND_ASSOCIATION, Association_.SUSPENDED, "association_suspended"),
    (Association_.SUSPENDED, Act.LIFT_ASSOCIATION, Association_.VERIFIED, "association_lifted"),
]
ABOUT_MISSIONS = [
    (Mission_.SUBMITTED, Minors.CLOSED, Act.PUBLISH_MISSION, Mission_.PUBLISHED, Minors.CLOSED),
    (Mission_.SUBMITTED, Minors.REQUESTED, Act.PUBLISH_MISSION, Mission_.PUBLISHED, Minors.REQUESTED),
    (Mission_.SUBMITTED, Minors.CLOSED, Act.RETURN_MISSION, Mission_.RETURNED, Minors.CLOSED),
    (Mission_.PUBLISHED, Minors.REQUESTED, Act.OPEN_TO_MINORS, Mission_.PUBLISHED, Minors.OPEN),
    (Mission_.PAUSED, Minors.REQUESTED, Act.OPEN_TO_MINORS, Mission_.PAUSED, Minors.OPEN),
    (Mission_.PUBLISHED, Minors.REQUESTED, Act.CLOSE_TO_MINORS, Mission_.PUBLISHED, Minors.CLOSED),
    (Mission_.PUBLISHED, Minors.OPEN, Act.CLOSE_TO_MINORS, Mission_.PUBLISHED, Minors.CLOSED),
]
MAILED = {
    Act.PUBLISH_MISSION: "mission_published",
    Act.RETURN_MISSION: "mission_returned",
    Act.OPEN_TO_MINORS: "mission_minors_answered",
    Act.CLOSE_TO_MINORS: "mission_minors_answered",
}


@pytest.mark.parametrize(("before", "act", "after", "mailed"), ABOUT_ASSOCIATIONS)
async def test_an_association_is_moved_recorded_and_told(
    database: None, before: str, act: Act, after: str, mailed: str
) -> None:
    moderator, association = await make.moderator(), await make.association(status=before)

    decision = await actions.decide_association(moderator, association, act, "thin", "Merci.", make.NOW)

    row = await Association.objects().get(Association.id == association.id)
    assert row is not None
    assert row.status == association.status == after
    journal = await Change.objects().where(Change.subject == "association")
    assert [(c.source, c.target, c.by, c.actor) for c in journal] == [
        (before, after, "moderator", moderator.id)
    ]
    assert decision.reason == ("thin" if act in (Act.RETURN_ASSOCIATION, Act.SUSPEND_ASSOCIATION) else "")
    (email,) = await Email.objects()
    assert (email.template, email.recipient) == (mailed, (await make.owner_of(association)).email)
    (told,) = await queries.decisions(association_id=association.id)
    assert (told.act, told.note, told.moderator) == (act, "Merci.", moderator.username)


@pytest.mark.parametrize(("status", "minors", "act", "after", "minors_after"), ABOUT_MISSIONS)
async def test_a_mission_is_moved_recorded_and_told(
    database: None, status: str, minors: str, act: Act, after: str, minors_after: str
) -> None:
    moderator, mission = await make.moderator(), await make.mission(status=status, minors=minors)

    await actions.decide_mission(moderator, mission, act, "other", "Voici pourquoi.", make.NOW)

    row = await Mission.objects().get(Mission.id == mission.id)
    assert row is not None
    assert (row.status, row.minors) == (mission.status, mission.minors) == (after, minors_after)
    assert [email.template for email in await Email.objects()] == [MAILED[act]]
    (told,) = await queries.decisions(mission_id=mission.id)
    assert told.act == act
    assert told.reason == ("other" if act in (Act.RETURN_MISSION, Act.CLOSE_TO_MINORS) else "")


@pytest.mark.parametrize("status", list(Association_))
@pytest.mark.parametrize("act", list(Act))
async def test_only_what_applies_to_an_association_is_done(database: None, status: str, act: Act) -> None:
    if any(status == before and act == done for before, done, _, _ in ABOUT_ASSOCIATIONS):
        return
    moderator, association = await make.moderator(), await make.association(status=status)

    with pytest.raises(OutOfDate):
        await actions.decide_association(moderator, association, act, "thin", "", make.NOW)
    assert await Decision.count() == await Email.count() == await Change.count() == 0


@pytest.mark.parametrize("status", list(Mission_))
async def test_only_what_applies_to_a_mission_is_done(database: None, status: str) -> None:
    moderator, mission = await make.moderator(), await make.mission(status=status, minors=Minors.CLOSED)
    applies = {Act.PUBLISH_MISSION, Act.RETURN_MISSION} if status == Mission_.SUBMITTED else set()

    for act in sorted(set(Act) - applies):
        with pytest.raises(OutOfDate):
            await actions.decide_mission(moderator, mission, act, "thin", "", make.NOW)
    assert await Decision.count() == await Email.count() == await Change.count() == 0


@pytest.mark.parametrize("status", [Association_.SUSPENDED, Association_.CLOSED, Association_.SUBMITTED])
async def test_missions_wait_while_their_association_is_not_verified(database: None, status: str) -> None:
    association = await make.association(status=status)
    mission = await make.mission(association=association, status=Mission_.SUBMITTED)

    with pytest.raises(OutOfDate):
        await actions.decide_mission(await make.moderator(), mission, Act.PUBLISH_MISSION, "", "", make.NOW)
    assert await Decision.count() == 0
    assert [w.pile for w in await queries.waiting(list(Pile))] == (
        ["associations"] if status == Association_.SUBMITTED else []
    )


async def test_two_moderators_decide_once(database: None) -> None:
    association = await make.association(status=Association_.SUBMITTED)
    same = await Association.objects().get(Association.id == association.id)
    assert same is not None

    answers = await asyncio.gather(
        actions.decide_association(
            await make.moderator(), association, Act.VERIFY_ASSOCIATION, "", "", make.NOW
        ),
        actions.decide_association(
            await make.moderator(), same, Act.RETURN_ASSOCIATION, "thin", "", make.NOW
        ),
        return_exceptions=True,
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Decision", "OutOfDate"]
    assert await Decision.count() == await Email.count() == 1


@pytest.mark.parametrize("role", ["owner", "manager", "reader"])
async def test_nobody_decides_about_their_own_association(database: None, role: str) -> None:
    account = await make.account(email="claude@example.org")
    moderator = await make.moderator(email="claude@example.org")
    association = await make.association(status=Association_.SUBMITTED)
    await make.member(association, account, role=role)
    verified = await make.association()
    await make.member(verified, account, role=role)
    mission = await make.mission(association=verified, status=Mission_.SUBMITTED)

    with pytest.raises(OwnAssociation):
        await actions.decide_association(moderator, association, Act.VERIFY_ASSOCIATION, "", "", make.NOW)
    with pytest.raises(OwnAssociation):
        await actions.decide_mission(moderator, mission, Act.PUBLISH_MISSION, "", "", make.NOW)
    assert await Decision.count() == await Change.count() == 0


async def test_one_to_one_needs_two_moderators(database: None) -> None:
    mission = await make.mission(
        status=Mission_.SUBMITTED, contact_level="individual", undertaking="Je garde le secret."
    )

    with pytest.raises(NeedsTwoModerators):
        await actions.decide_mission(await make.moderator(), mission, Act.PUBLISH_MISSION, "", "", make.NOW)
    assert await Decision.count() == 0


async def test_a_mission_whose_date_has_passed_is_not_published(database: None) -> None:
    mission = await make.mission(status=Mission_.SUBMITTED, starts_at=make.after(days=2))

    with pytest.raises(NotReady) as refusal:
        await actions.decide_mission(
            await make.moderator(), mission, Act.PUBLISH_MISSION, "", "", make.after(days=3)
        )
    assert "La date est passée" in refusal.value.message
    assert await Decision.count() == await Email.count() == 0


@pytest.mark.parametrize(
    "answers",
    [
        {"contact_level": "data"},
        {"contact_level": "individual"},
        {"exposures": ["transport"]},
        {"exposures": None},
        {"day_parts": ["night"]},
    ],
)
async def test_no_moderator_opens_what_the_answers_close(database: None, answers: dict[str, Any]) -> None:
    mission = await make.mission(minors=Minors.REQUESTED, **answers)

    with pytest.raises(MinorsStayOut):
        await actions.decide_mission(await make.moderator(), mission, Act.OPEN_TO_MINORS, "", "", make.NOW)
    assert await Decision.count() == await Email.count() == 0


async def test_no_moderator_opens_a_night_to_minors(database: None) -> None:
    mission = await make.mission(minors=Minors.REQUESTED, starts_at=make.after(days=3, hours=11))

    with pytest.raises(MinorsStayOut):
        await actions.decide_mission(await make.moderator(), mission, Act.OPEN_TO_MINORS, "", "", make.NOW)


async def test_a_decision_stays_as_it_was_and_its_note_can_be_erased(database: None) -> None:
    association = await make.association(status=Association_.SUBMITTED)
    decision = await actions.decide_association(
        await make.moderator(), association, Act.RETURN_ASSOCIATION, "thin", "Trop court.", make.NOW
    )

    for statement in ("UPDATE decision SET reason = 'other'", "DELETE FROM decision"):
        with pytest.raises(Exception) as refused:  # noqa: PT011
            await db.fetch(f"{statement} WHERE id = {{}} RETURNING id", decision.id)
        assert db.violated(refused.value) in ("decision_is_append_only", "decision_is_kept")
    await DecisionNote.delete().where(DecisionNote.decision == decision.id)
    (told,) = await queries.decisions(association_id=association.id)
    assert (told.reason, told.note) == ("thin", "")
