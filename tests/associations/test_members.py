"""Roles, leaving, and the owner there always is: who may, what is handed over, who hears."""

from typing import Any

import pytest

from marketplace import check, db
from marketplace.accounts.tables import Account
from marketplace.associations import member_actions, queries
from marketplace.associations.lifecycle import Role, Status
from marketplace.associations.member_errors import LastOwner
from marketplace.associations.tables import Association, Membership
from marketplace.errors import NotFound
from marketplace.lifecycle import Change, OutOfDate
from marketplace.missions import hand_over_actions
from marketplace.missions.hand_over_queries import referent_of
from marketplace.missions.queries import full_mission
from marketplace.missions.tables import Mission
from tests import make
from tests.client import Client, emails_to, last_email

pytestmark = pytest.mark.usefixtures("database", "site")  # e-mails name pages


async def team(*roles: str) -> tuple[Association, list[Account], list[Membership]]:
    """A verified association with an owner, then members with these roles."""
    owner = await make.account()
    association = await make.association(owner=owner)
    accounts, rows = [owner], [await membership_of(association, owner)]
    for role in roles:
        account = await make.account()
        accounts.append(account)
        rows.append(await make.member(association, account, role=role))
    return association, accounts, rows


async def membership_of(association: Association, account: Account) -> Membership:
    row = await Membership.objects().get(
        (Membership.association == association.id) & (Membership.account == account.id)
    )
    assert row is not None
    return row


async def journal(subject: str = "membership") -> list[tuple[str, str, Any]]:
    rows = await Change.select().where(Change.subject == subject).order_by(Change.id)
    return [(row["source"], row["target"], row["actor"]) for row in rows]


async def stored(mission: Mission) -> Mission:
    row = await Mission.objects().get(Mission.id == mission.id)
    assert row is not None
    return row


async def test_an_owner_changes_a_role_and_the_member_is_told() -> None:
    association, (owner, manager), (_, row) = await team(Role.MANAGER)

    await member_actions.change_role(association, owner, row.public_id, Role.READER, make.NOW)

    assert await queries.role_in(manager.id, association.id) == Role.READER
    assert await journal() == [("manager", "reader", owner.id)]
    mail = await last_email(manager.email)
    assert mail.template == "role_changed"
    assert association.name not in mail.subject
    assert "Lecture seule" in mail.text


async def test_the_same_role_again_says_nothing() -> None:
    association, (owner, manager), (_, row) = await team(Role.MANAGER)

    await member_actions.change_role(association, owner, row.public_id, Role.MANAGER, make.NOW)

    assert await journal() == []
    assert await emails_to(manager.email) == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.READER])
async def test_only_owners_change_roles_and_remove_others(role: Role) -> None:
    association, (_owner, member, _), (owner_row, _, other_row) = await team(role, Role.READER)

    for row in (owner_row, other_row):
        with pytest.raises(NotFound):
            await member_actions.change_role(association, member, row.public_id, Role.OWNER, make.NOW)
        with pytest.raises(NotFound):
            await hand_over_actions.depart(association, member, row.public_id, {}, "", make.NOW)

    assert await Membership.count() == 3


async def test_a_member_of_another_association_is_not_named_here() -> None:
    association, (owner,), _ = await team()
    _, _, (_, elsewhere) = await team(Role.READER)

    with pytest.raises(NotFound):
        await member_actions.change_role(association, owner, elsewhere.public_id, Role.OWNER, make.NOW)
    with pytest.raises(NotFound):
        await hand_over_actions.depart(association, owner, elsewhere.public_id, {}, "", make.NOW)


async def test_the_last_owner_neither_steps_down_nor_leaves() -> None:
    association, (owner, _), (row, _) = await team(Role.MANAGER)

    with pytest.raises(LastOwner):
        await member_actions.change_role(association, owner, row.public_id, Role.READER, make.NOW)
    with pytest.raises(LastOwner):
        await hand_over_actions.depart(association, owner, row.public_id, {}, "", make.NOW)

    assert await queries.role_in(owner.id, association.id) == Role.OWNER
    assert await journal() == []


async def test_once_handed_over_the_first_owner_leaves_and_the_others_hear() -> None:
    association, (owner, manager), (row, other) = await team(Role.MANAGER)

    await member_actions.change_role(association, owner, other.public_id, Role.OWNER, make.NOW)
    await hand_over_actions.depart(association, owner, row.public_id, {}, "", make.NOW)

    assert await queries.role_in(owner.id, association.id) is None
    assert [mail.template for mail in await emails_to(manager.email)] == ["role_changed", "member_left"]
    assert await emails_to(owner.email) == []
    assert await check.broken() == {}


async def test_the_last_owner_of_a_closed_association_may_leave() -> None:
    owner = await make.account()
    association = await make.association(owner=owner, status=Status.CLOSED)
    row = await membership_of(association, owner)

    await hand_over_actions.depart(association, owner, row.public_id, {}, "", make.NOW)

    assert await Membership.count() == 0


async def test_who_is_removed_is_told_and_their_missions_are_taken_over_with_the_note() -> None:
    association, (owner, leaver, heir), (owner_row, row, heir_row) = await team(Role.MANAGER, Role.MANAGER)
    written = await make.mission(association=association, author=leaver.id)
    named = await make.mission(association=association, referent=leaver.id, hand_over_note="Avant")
    over = await make.mission(association=association, author=leaver.id, status="cancelled")
    answered = await make.mission(association=association, author=leaver.id, referent=owner.id)
    successors = {written.public_id: heir_row.public_id, named.public_id: owner_row.public_id}

    await hand_over_actions.depart(
        association, owner, row.public_id, successors, "La clé est au bar.", make.NOW
    )

    assert await queries.role_in(leaver.id, association.id) is None
    rows = [await stored(mission) for mission in (written, named, over, answered)]
    assert [mission.referent for mission in rows] == [heir.id, owner.id, None, owner.id]
    assert [mission.hand_over_note for mission in rows] == ["La clé est au bar."] * 2 + [""] * 2
    assert [mail.template for mail in await emails_to(leaver.email)] == ["member_removed"]
    (mail,) = await emails_to(heir.email)
    assert mail.template == "missions_handed_over"
    assert written.title in mail.text
    assert "La clé est au bar." in mail.text
    assert await emails_to(owner.email) == []  # whoever acts knows
    assert await journal() == [("manager", "", owner.id)]


async def test_without_a_word_the_former_note_stays() -> None:
    association, (owner, leaver), (owner_row, row) = await team(Role.MANAGER)
    mission = await make.mission(association=association, referent=leaver.id, hand_over_note="Avant")

    successors = {mission.public_id: owner_row.public_id}
    await hand_over_actions.depart(association, leaver, row.public_id, successors, "", make.NOW)

    assert (await stored(mission)).hand_over_note == "Avant"
    assert {mail.template for mail in await emails_to(owner.email)} == {"member_left", "missions_handed_over"}


@pytest.mark.parametrize("who", ["nobody", "the leaver", "a reader", "a stranger"])
async def test_nobody_leaves_missions_to_somebody_who_cannot_answer_for_them(who: str) -> None:
    association, (owner, leaver, _), (_, row, reader) = await team(Role.MANAGER, Role.READER)
    _, _, (stranger,) = await team()
    mission = await make.mission(association=association, author=leaver.id)
    named = {"nobody": "", "the leaver": row.public_id, "a reader": reader.public_id}
    successors = {mission.public_id: named.get(who, stranger.public_id)}

    with pytest.raises(OutOfDate):
        await hand_over_actions.depart(association, owner, row.public_id, successors, "", make.NOW)

    assert await queries.role_in(leaver.id, association.id) == Role.MANAGER
    assert await emails_to(leaver.email) == []


async def test_the_page_says_the_team_once_the_author_has_left() -> None:
    association, (_, leaver), (owner_row, row) = await team(Role.MANAGER)
    mission = await make.mission(association=association, author=leaver.id)
    assert (await full_mission(mission.public_id, make.NOW)).author_name == "Camille D."

    successors = {mission.public_id: owner_row.public_id}
    await hand_over_actions.depart(association, leaver, row.public_id, successors, "", make.NOW)

    assert (await full_mission(mission.public_id, make.NOW)).author_name == ""


async def test_the_author_answers_until_somebody_else_is_named() -> None:
    association, (owner, author, other), (_, _row, other_row) = await team(Role.MANAGER, Role.MANAGER)
    mission = await make.mission(association=association, author=author.id)
    before = await referent_of(mission)
    assert before is not None
    assert before.account.id == author.id

    await hand_over_actions.choose_referent(mission, owner, other_row.public_id, "Voir avec Léo.", make.NOW)

    after = await referent_of(await stored(mission))
    assert after is not None
    assert after.account.id == other.id
    assert (await stored(mission)).hand_over_note == "Voir avec Léo."
    assert [mail.template for mail in await emails_to(other.email)] == ["missions_handed_over"]


async def test_a_referent_who_only_reads_is_one_no_longer() -> None:
    association, (owner, author), (_, row) = await team(Role.MANAGER)
    mission = await make.mission(association=association, author=author.id)

    await member_actions.change_role(association, owner, row.public_id, Role.READER, make.NOW)

    assert await referent_of(mission) is None
    with pytest.raises(OutOfDate):
        await hand_over_actions.choose_referent(mission, owner, row.public_id, "", make.NOW)
    with pytest.raises(NotFound):
        await hand_over_actions.choose_referent(mission, author, row.public_id, "", make.NOW)


async def test_the_list_shows_addresses_to_owners_only(client: Client) -> None:
    association, (owner, manager, reader), _ = await team(Role.MANAGER, Role.READER)
    await Account.update({Account.first_name: "Zoé"}).where(Account.id == manager.id)
    path = f"/mes-associations/{association.public_id}/membres"
    seen = {}
    for account in (owner, manager, reader):
        page = await (await client.another().sign_in(account)).get(path)
        seen[account.id] = manager.email in page.text
        assert "Zoé D." in page.text
        assert manager.family_name not in page.html
        assert len(page.forms()) == (account is owner)

    assert seen == {owner.id: True, manager.id: False, reader.id: False}


async def test_leaving_by_the_page_mission_by_mission(client: Client) -> None:
    association, (owner, leaver, heir), (owner_row, row, heir_row) = await team(Role.MANAGER, Role.MANAGER)
    first = await make.mission(association=association, author=leaver.id, title="Ranger")
    second = await make.mission(association=association, author=leaver.id, title="Trier")
    await client.sign_in(leaver)
    members = f"/mes-associations/{association.public_id}/membres"
    page = await client.get(f"{members}/{row.public_id}/depart")
    assert "Ranger" in page.text
    assert "Trier" in page.text

    page = await client.submit(page, status=422)
    assert "Choisissez qui reprend ces missions." in page.text
    answer = await client.submit(
        page,
        {
            "successor": owner_row.public_id,
            "exceptions": ["", f"{first.public_id}.{heir_row.public_id}"],
            "hand_over_note": "Merci",
        },
    )

    assert answer.location == "/mes-associations"
    assert (await stored(first)).referent == heir.id
    assert (await stored(second)).referent == owner.id
    for path in (members, f"/mes-associations/{association.public_id}", f"/mes-missions/{first.public_id}"):
        await client.get(path, 404)  # the session is open, the association does not exist any more


async def test_an_owner_removes_a_member_by_the_page(client: Client) -> None:
    association, (owner, reader), (_, row) = await team(Role.READER)
    await client.sign_in(owner)
    page = await client.get(f"/mes-associations/{association.public_id}/membres/{row.public_id}/depart")

    page = await client.follow(await client.submit(page))

    assert page.path == f"/mes-associations/{association.public_id}/membres"
    assert await queries.role_in(reader.id, association.id) is None


async def test_the_role_page_and_the_last_owner(client: Client) -> None:
    association, (owner, _), (row, other) = await team(Role.MANAGER)
    await client.sign_in(owner)
    members = f"/mes-associations/{association.public_id}/membres"

    page = await client.get(f"{members}/{row.public_id}/role")
    page = await client.submit(page, {"role": "reader"}, status=409)
    assert page.h1 == "Il faut toujours un responsable"
    page = await client.get(f"{members}/{other.public_id}/role")
    page = await client.follow(await client.submit(page, {"role": "owner"}))
    assert page.path.partition("?")[0] == members
    assert "C’est enregistré." in page.text

    assert await queries.role_in(owner.id, association.id) == Role.OWNER


async def test_a_sole_owner_is_told_at_once_whom_to_name_first(client: Client) -> None:
    association, (owner, *_), (row, *_) = await team()
    await make.mission(association=association, author=owner.id)
    await client.sign_in(owner)
    members = f"/mes-associations/{association.public_id}/membres"
    path = f"{members}/{row.public_id}/depart"

    page = await client.get(path)
    assert "Il faut toujours un responsable" in page.text
    assert "Inviter quelqu’un" in page.text
    assert members in page.links
    assert page.forms() == []
    key = (await client.get(members)).form_key
    page = await client.post(path, {"form_key": key}, status=409)
    assert "la seule personne responsable" in page.text
    assert await queries.role_in(owner.id, association.id) == Role.OWNER

    await make.member(association, await make.account(), role=Role.MANAGER)
    assert "Voir les membres" in (await client.get(path)).text


async def test_a_mission_page_names_its_referent_and_keeps_the_note_from_readers(client: Client) -> None:
    association, (owner, reader), _ = await team(Role.READER)
    mission = await make.mission(association=association, author=None)
    path = f"/mes-missions/{mission.public_id}"
    await client.sign_in(owner)
    assert "toute l’équipe" in (await client.get(path)).text

    page = await client.get(f"{path}/referent")
    (choice,) = [e for e in page.main.iter("input") if e.get("name") == "referent"]
    answer = {"referent": choice.get("value", ""), "hand_over_note": "Badge no 4"}
    page = await client.follow(await client.submit(page, answer))

    assert "Camille D." in page.text
    assert "Badge no 4" in page.text
    reading = await (await client.another().sign_in(reader)).get(path)
    assert "Camille D." in reading.text
    assert "Badge no 4" not in reading.text


async def test_who_belongs_to_several_switches_from_any_of_them(client: Client) -> None:
    association, (owner,), _ = await team()
    await client.sign_in(owner)
    page = f"/mes-associations/{association.public_id}"
    assert "Changer d’association" not in (await client.get(page)).text

    other = await make.association(owner=owner)

    for path in (page, f"{page}/membres", f"{page}/missions"):
        shown = await client.get(path)
        assert "Changer d’association" in shown.text
        assert f"/mes-associations/{other.public_id}" in shown.links


async def test_nobody_is_told_of_a_departure_that_fails() -> None:
    association, (owner, _manager), (row, _) = await team(Role.MANAGER)

    with pytest.raises(LastOwner):
        await hand_over_actions.depart(association, owner, row.public_id, {}, "", make.NOW)

    assert await db.fetch("SELECT id FROM email") == []
