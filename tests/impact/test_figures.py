"""The figures that members see of their association and of a mission, and what these never tell apart."""

import re
from datetime import timedelta

import pytest

from marketplace.accounts.tables import Account
from marketplace.applications.lifecycle import HOLDS_PLACE, Status
from marketplace.associations.lifecycle import Role
from marketplace.associations.tables import Association
from marketplace.impact.figure_queries import association_figures, mission_figures
from marketplace.impact.labels import GROUP_OF, GROUPS, SPANS, TAKING_PLACES, Group
from marketplace.lifecycle import By, note
from marketplace.missions.tables import Mission
from tests import make
from tests.client import Client, Page
from tests.impact.answering import answered, several


async def of_mission(client: Client, mission: Mission, member: Account) -> Page:
    await client.sign_in(member)
    return await client.get(f"/mes-missions/{mission.public_id}/chiffres")


async def member_of(association: Association, role: str) -> Account:
    account = await make.account()
    await make.member(association, account, role=role)
    return account


def test_every_status_is_counted_and_has_words() -> None:
    assert set(GROUP_OF) == set(Status)
    assert set(GROUPS) == set(Group)
    assert {status for status in Status if GROUP_OF[status] in TAKING_PLACES} == HOLDS_PLACE


def test_every_number_of_days_is_in_one_span() -> None:
    for days in range(1, 500):
        assert len([1 for first, last, _ in SPANS if first <= days <= last]) == 1


async def test_a_mission_is_counted_alone_and_an_association_whole(database: None) -> None:
    association = await make.association()
    first = await make.mission(association=association, places=4)
    second = await make.mission(association=association, places=6)
    await several(3, first, days=1)
    await several(3, second, days=6)
    await make.application(first, status=Status.ACCEPTED)
    await answered(await make.mission(), days=40)  # somebody else's

    alone, whole = await mission_figures(first.id), await association_figures(association.id)

    assert (alone.missions, alone.places, alone.places_taken, alone.fill_rate) == (1, 4, 1, 25)
    assert (alone.answers, alone.answer_days) == ({1: 3}, None)
    assert (whole.missions, whole.places, whole.places_taken, whole.fill_rate) == (2, 10, 1, 10)
    assert (whole.answers, whole.answer_days) == ({1: 3, 6: 3}, 1)
    assert (whole.groups[Group.DECLINED], whole.groups[Group.ACCEPTED], whole.applications) == (6, 1, 7)


async def test_places_taken_are_the_groups_that_take_places(database: None) -> None:
    mission = await make.mission(places=20)
    slot = await make.only_slot(mission)
    for status in Status:
        await make.application(slot, status=status)

    figures = await mission_figures(mission.id)

    assert sum(figures.groups[group] for group in TAKING_PLACES) == figures.places_taken == len(HOLDS_PLACE)


async def test_drafts_and_cancelled_slots_offer_no_place(database: None) -> None:
    association = await make.association()
    await make.mission(association=association, places=9, status="draft")
    mission = await make.mission(association=association, places=2, starts_at=make.after(days=3))
    await make.slot(mission, places=5, starts_at=make.after(days=4), cancelled_at=make.NOW)
    past = make.NOW - timedelta(days=9)
    await make.slot(mission, places=3, starts_at=past)

    assert (await association_figures(association.id)).places == 5


async def test_who_waits_for_a_guardian_waits_like_the_others(client: Client) -> None:
    mission = await make.mission(places=9)
    owner = await make.owner_of(await association_of(mission))
    minor = await make.volunteer(age=16)
    await make.application(mission, minor, status=Status.AWAITING_CONSENT)
    await make.application(mission, status=Status.UNCONFIRMED)
    await make.application(mission, status=Status.PENDING)

    page = await of_mission(client, mission, owner)

    assert "En attente : 3" in page.text.replace("\u00a0", " ")
    assert not re.search(r"mineur|parent|représentant|consent", page.text, re.IGNORECASE)


@pytest.mark.parametrize("by", [By.VOLUNTEER, By.GUARDIAN, By.TIME, By.MODERATOR])
async def test_withdrawn_reads_the_same_whoever_ended_it(client: Client, by: By) -> None:
    mission = await make.mission()
    row = await answered(mission, status=Status.WITHDRAWN, by=by)
    await type(row).update({"ended_by": by}).where(type(row).id == row.id)

    page = await of_mission(client, mission, await make.owner_of(await association_of(mission)))

    assert "Candidature retirée : 1" in page.text.replace("\u00a0", " ")
    assert "Aucune réponse à compter pour le moment." in page.text


async def test_what_ended_before_the_association_saw_it_is_not_counted(client: Client) -> None:
    mission = await make.mission()
    minor = await make.volunteer(age=16)
    row = await make.application(mission, minor, status=Status.WITHDRAWN, ended_by=By.GUARDIAN)
    await note("application", row.id, "", Status.AWAITING_CONSENT, By.VOLUNTEER, make.NOW)
    await note("application", row.id, Status.AWAITING_CONSENT, Status.WITHDRAWN, By.GUARDIAN, make.NOW)

    page = await of_mission(client, mission, await make.owner_of(await association_of(mission)))

    assert "Aucune candidature pour le moment." in page.text


@pytest.mark.parametrize("role", list(Role))
async def test_every_member_reads_them_readers_too_and_no_name(client: Client, role: Role) -> None:
    association = await make.association()
    mission = await make.mission(association=association, title="Tenir la buvette")
    volunteer = await make.volunteer(first_name="Zéphyrine", family_name="Oudot", email="zeph@example.org")
    await make.application(mission, volunteer)
    await client.sign_in(await member_of(association, role))

    of_one = await client.get(f"/mes-missions/{mission.public_id}/chiffres")
    of_all = await client.get(f"/mes-associations/{association.public_id}/chiffres")

    assert "1 sur 2 places" in of_one.text
    assert "Tenir la buvette : 1 place prise sur 2" in of_all.text.replace("\u00a0", " ")
    assert f"/mes-missions/{mission.public_id}/chiffres" in of_all.links
    assert not re.search("Zéphyrine|Oudot|zeph@", of_one.html + of_all.html)


async def test_somebody_elses_figures_are_not_found(client: Client) -> None:
    mission = await make.mission()
    association = await association_of(mission)
    await client.sign_in(await make.owner_of(await make.association()))

    await client.get(f"/mes-missions/{mission.public_id}/chiffres", status=404)
    await client.get(f"/mes-associations/{association.public_id}/chiffres", status=404)


async def test_answers_are_shown_by_how_long_they_took(client: Client) -> None:
    mission = await make.mission(places=30)
    await several(3, mission, days=0.2)
    await several(2, mission, days=5)
    await several(1, mission, days=7, status=Status.LAPSED, by=By.TIME)

    page = await of_mission(client, mission, await make.owner_of(await association_of(mission)))

    text = page.text.replace("\u00a0", " ")
    assert "Délai habituel de réponse 1 jour" in text
    assert "En un jour au plus : 3 En 2 ou 3 jours : 0 En 4 à 7 jours : 2 En plus de 7 jours : 0" in text
    assert "Restées sans réponse : 1" in text


async def test_a_draft_without_title_has_a_page_too(client: Client) -> None:
    mission = await make.mission(status="draft", title="")

    page = await of_mission(client, mission, await make.owner_of(await association_of(mission)))

    assert "Mission sans titre" in page.text
    assert "sans place" in page.text


async def association_of(mission: Mission) -> Association:
    row = await Association.objects().get(Association.id == mission.association)
    assert row is not None
    return row
