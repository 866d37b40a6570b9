"""Associations that are silent wait for a moderator, once each, until one has seen them."""

from datetime import datetime, timedelta

import pytest

from marketplace.applications.tables import Silence
from marketplace.associations.tables import Association
from marketplace.lifecycle import OutOfDate
from marketplace.missions.tables import Mission
from marketplace.moderation import actions, queries
from marketplace.moderation.lifecycle import Act, Pile
from marketplace.publishing import actions as publishing
from marketplace.publishing import silences
from marketplace.web.clock import paris_day
from tests import make
from tests.client import Client
from tests.moderation.staff import be


async def silent(at: datetime = make.NOW) -> Association:
    association = await make.association()
    await make.mission(association=association)
    await make.mission(association=association)
    await fall_silent(association, at)
    return association


async def fall_silent(association: Association, at: datetime) -> None:
    for days in (1, 2, 3):
        day = paris_day(at - timedelta(days=days))
        await Silence(association=association.id, on_day=day).save()
    await silences.pause_silent(at)


@pytest.mark.usefixtures("database", "site")
async def test_it_is_one_file_until_it_is_seen_and_again_when_it_falls_silent_again() -> None:
    await make.mission()
    association, moderator = await silent(), await make.moderator()
    (file,) = await queries.waiting(list(Pile))
    assert (file.pile, file.public_id, file.since) == (Pile.SILENT, association.public_id, make.NOW)
    assert await queries.count(Pile.SILENT) == 1

    later = make.after(days=1)
    await actions.decide_association(moderator, association, Act.NOTE_SILENCE, "", "", later)
    assert await queries.waiting(list(Pile)) == []
    with pytest.raises(OutOfDate):
        await actions.decide_association(moderator, association, Act.NOTE_SILENCE, "", "", later)

    owner = await make.owner_of(association)
    for mission in await Mission.objects().where(Mission.association == association.id):
        await publishing.resume(mission, owner, later)
    assert await Silence.count() == 0
    await fall_silent(association, make.after(days=30))
    assert await queries.count(Pile.SILENT) == 1


@pytest.mark.usefixtures("database", "site")
async def test_suspending_or_resuming_closes_the_file() -> None:
    suspended, back, moderator = await silent(), await silent(), await make.moderator()
    await actions.decide_association(
        moderator, suspended, Act.SUSPEND_ASSOCIATION, "other", "Un doute.", make.NOW
    )
    for mission in await Mission.objects().where(Mission.association == back.id):
        await publishing.resume(mission, await make.owner_of(back), make.NOW)
    assert await queries.count(Pile.SILENT) == 0


async def test_the_queue_leads_to_its_file_which_says_why(client: Client) -> None:
    await be(client)
    association = await silent()
    queue = await client.get("/admin/file?sujet=silencieuses")
    assert "Association silencieuse" in queue.text
    file = await client.get(next(link for link in queue.links if association.public_id in link))
    assert "jusqu’à ce qu’un membre les reprenne" in file.text
    done = await client.follow(await client.submit(file, {"act": "note_silence"}, form="silencieuses"))
    assert "Silence noté" in done.text
    assert "Rien n’attend" in done.text
