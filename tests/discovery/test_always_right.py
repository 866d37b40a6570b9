"""What happens to a mission is right at the very next search, whoever did it."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from marketplace import check, db
from marketplace.applications.tables import Application
from marketplace.associations.tables import Association
from marketplace.discovery import actions, facets, queries
from marketplace.discovery.queries import Search, search
from marketplace.missions.tables import Mission, Slot
from tests import make


async def found(asked: Search | None = None, now: datetime = make.NOW) -> list[str]:
    results = await search(asked or Search(), now)
    assert len(results.cards) == results.total
    return [one.card.public_id for one in results.cards]


async def set_status(mission: Mission, status: str) -> None:
    await Mission.update(
        {
            Mission.status: status,
            Mission.paused_because: "association" if status == "paused" else None,
            Mission.suspended_from: "published" if status == "suspended" else None,
        }
    ).where(Mission.id == mission.id)


async def test_published_at_once_and_before_any_sweep(database: None) -> None:
    mission = await make.mission(status="submitted")
    assert await found() == []

    await Mission.update({Mission.status: "published", Mission.published_at: make.NOW}).where(
        Mission.id == mission.id
    )

    assert await found() == [mission.public_id]


@pytest.mark.parametrize("status", ["paused", "suspended", "finished", "cancelled"])
async def test_a_mission_that_is_not_published_any_more_is_not_found(database: None, status: str) -> None:
    mission = await make.mission()

    await set_status(mission, status)

    assert await found() == await found(Search(with_full=True)) == []


@pytest.mark.parametrize("status", ["paused", "suspended"])
async def test_it_is_found_again_when_it_comes_back(database: None, status: str) -> None:
    mission = await make.mission(status=status)
    assert await found() == []

    await set_status(mission, "published")

    assert await found() == [mission.public_id]


async def test_the_missions_of_an_association_go_and_come_with_it(database: None) -> None:
    association = await make.association()
    mission = await make.mission(association=association)
    other = await make.mission()

    await Association.update({Association.status: "suspended"}).where(Association.id == association.id)
    assert await found() == [other.public_id]

    await Association.update({Association.status: "verified"}).where(Association.id == association.id)
    assert await found() == [other.public_id, mission.public_id]


async def test_the_last_place_taken_hides_it_and_a_place_freed_shows_it(database: None) -> None:
    mission = await make.mission(places=1)

    application = await make.application(mission)
    assert await found() == []
    assert await found(Search(with_full=True)) == [mission.public_id]

    ended: dict[Any, Any] = {Application.ended_by: "volunteer", Application.answer_by: None}
    await Application.update({Application.status: "withdrawn", **ended}).where(
        Application.id == application.id
    )
    assert await found() == [mission.public_id]


async def test_more_places_show_it_again(database: None) -> None:
    mission = await make.mission(places=1)
    await make.application(mission)

    await Slot.update({Slot.places: 2}).where(Slot.mission == mission.id)

    assert await found() == [mission.public_id]


async def test_a_dated_mission_is_past_two_hours_before_with_nothing_written(database: None) -> None:
    mission = await make.mission(starts_at=make.after(hours=5))
    later = await make.slot(mission, starts_at=make.after(hours=9), places=1)
    await make.application(later)

    last_instant = make.after(hours=3) - timedelta(microseconds=1)
    assert await found(now=last_instant) == [mission.public_id]
    assert await found(now=make.after(hours=3)) == []
    assert await found(Search(with_full=True), now=make.after(hours=3)) == [mission.public_id]
    assert await found(Search(with_full=True), now=make.after(hours=7)) == []


async def test_instants_that_are_no_whole_second_are_kept(database: None) -> None:
    start = make.after(hours=5) + timedelta(microseconds=999_999)
    mission = await make.mission(starts_at=start)

    assert await found(now=start - timedelta(hours=2, microseconds=1)) == [mission.public_id]
    assert await found(now=start - timedelta(hours=2)) == []


async def test_a_cancelled_or_moved_slot_counts_at_once(database: None) -> None:
    mission = await make.mission(starts_at=make.after(hours=5))

    await Slot.update({Slot.cancelled_at: make.NOW}).where(Slot.mission == mission.id)
    assert await found() == []

    await make.slot(mission, starts_at=make.after(days=2))
    assert await found() == [mission.public_id]


async def test_text_and_filters_follow_at_the_next_sweep(database: None) -> None:
    mission = await make.mission(title="Trier les vêtements")
    await actions.sweep(make.NOW)

    await Mission.update({Mission.title: "Lire des contes", Mission.wheelchair: True}).where(
        Mission.id == mission.id
    )
    await actions.sweep(make.NOW)

    assert await found(Search(words="contes", wheelchair=True)) == [mission.public_id]
    assert await found(Search(words="zèbre")) == []
    assert await actions.sweep(make.NOW) == 0


async def test_index_makes_one_mission_right_without_the_sweeper(database: None) -> None:
    mission, other = await make.mission(title="Lire des contes"), await make.mission(title="Lire à deux")

    await actions.index(mission.id, make.NOW)

    assert await found(Search(words="lire")) == [mission.public_id]
    await actions.sweep(make.NOW)
    assert await found(Search(words="lire")) == [other.public_id, mission.public_id]


async def test_indexing_what_never_was_published_does_nothing(database: None) -> None:
    mission = await make.mission(status="draft")

    await actions.index(mission.id, make.NOW)

    assert await db.fetch("SELECT id FROM mission_search") == []


async def test_an_edit_between_reading_and_writing_is_not_lost(database: None) -> None:
    mission = await make.mission(title="Lire des contes")
    (row,) = await db.fetch(actions.READ + "WHERE r.mission = {}", mission.id)
    await Mission.update({Mission.title: "Planter des haies"}).where(Mission.id == mission.id)

    await actions._write([row])  # what a sweeper that read before the edit does after it
    assert await actions.sweep(make.NOW) == 1
    assert await found(Search(words="haies")) == [mission.public_id]

    await actions._write([row])  # and one that is later still
    assert await found(Search(words="haies")) == [mission.public_id]


async def test_many_may_index_at_once(database: None) -> None:
    missions = [await make.mission(title=f"Lire des contes {n}") for n in range(6)]

    await asyncio.gather(
        actions.sweep(make.NOW),
        *(actions.index(mission.id, make.NOW) for mission in missions for _ in range(3)),
        actions.sweep(make.NOW),
    )

    assert len(await found(Search(words="contes"))) == len(missions)
    assert await check.broken() == {}


async def test_the_next_date_and_the_places_left_follow_time(database: None) -> None:
    twice = await make.mission(starts_at=make.after(hours=5), places=1)
    await make.slot(twice, starts_at=make.after(days=9), places=7)
    once = await make.mission(starts_at=make.after(days=3), places=5)
    await actions.sweep(make.NOW)
    soonest, fewest = Search(order="soonest"), Search(order="fewest")
    assert await found(soonest) == [twice.public_id, once.public_id]

    later = make.after(hours=4)
    assert await actions.sweep(later) > 0

    assert await found(soonest, now=later) == [once.public_id, twice.public_id]
    assert await found(fewest, now=later) == [once.public_id, twice.public_id]


async def test_people_search_while_everything_is_written_afresh(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    missions = [await make.mission(title=f"Lire des contes {n}") for n in range(7)]
    await actions.sweep(make.NOW)
    monkeypatch.setattr(actions, "BATCH", 2)
    seen: list[int] = []
    steps: list[tuple[int, int]] = []

    async def look() -> None:
        while len(seen) < 50:
            seen.append(len(await found(Search(words="contes"))))

    done, _ = await asyncio.gather(
        actions.reindex(lambda done, of: steps.append((done, of)), make.NOW), look()
    )

    assert done == len(missions)
    assert set(seen) == {len(missions)}
    assert steps == [(2, 7), (4, 7), (6, 7), (7, 7)]
    assert await check.broken() == {}


async def test_reindexing_mends_what_somebody_spoilt(database: None) -> None:
    mission = await make.mission(title="Lire des contes")
    await actions.sweep(make.NOW)
    await db.fetch("UPDATE mission_search SET title_t = 'autre', body_t = '', tags = '' RETURNING id")
    assert await found(Search(words="contes")) == []
    assert set(await check.broken()) == {"the search index holds its missions' texts"}

    await actions.reindex(lambda done, of: None, make.NOW)

    assert await found(Search(words="contes")) == [mission.public_id]
    assert await check.broken() == {}


async def test_newest_is_by_publication_not_by_creation(database: None) -> None:
    early = await make.mission(status="submitted")
    middle = await make.mission()
    await Mission.update({Mission.status: "published", Mission.published_at: make.NOW}).where(
        Mission.id == early.id
    )

    assert await found(Search(order="newest")) == [early.public_id, middle.public_id]


async def test_counts_are_capped_and_said_to_be(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        await make.mission()
    monkeypatch.setattr(queries, "TOTAL_CAP", 3)
    monkeypatch.setattr(facets, "SAMPLE", 3)

    results = await search(Search(), make.NOW, 2)

    assert (results.total, results.total_is_capped, len(results.cards)) == (3, True, 2)
    assert results.facets_approximate


async def test_of_the_fewest_places_none_at_all_comes_last(database: None) -> None:
    full = await make.mission(places=1)
    await make.application(full)
    many, one = await make.mission(places=9), await make.mission(places=1)
    await actions.sweep(make.NOW)

    assert await found(Search(order="fewest", with_full=True)) == [
        one.public_id,
        many.public_id,
        full.public_id,
    ]
