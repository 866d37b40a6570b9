"""Everything that frees or adds a place, at once, in real processes: the list goes on in order, once each."""

import json
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

import pytest

from marketplace import check
from marketplace.applications import waiting_queries
from marketplace.applications.lifecycle import HOLDS_PLACE, Status
from marketplace.applications.tables import Application
from marketplace.lifecycle import Change
from marketplace.mail.tables import Email
from marketplace.missions.tables import Slot
from tests import make
from tests.race import crew as crew_acts
from tests.told import Process, processes, tell

LONG = os.environ.get("MARKETPLACE_TEST_LONG") == "1"
Act = tuple[str, str]
PLACES, WAIT, COME_LATER = 3, 8, 20
TURNS = [timedelta(hours=hours) for hours in (0, 1, 49, 50, 99)]  # offers stand an hour later, and then not
PASSED_OVER = "nobody who may come waits beside a place that could be offered"
REFUSALS = {"done", "IsOver", "OutOfDate", "OfferGone", "AlreadyApplied", "SlotFull"}


@pytest.fixture(scope="module")
async def crew(migrated: None) -> AsyncIterator[list[Process]]:
    async with processes("tests.race.crew", 2) as started:
        yield started


@pytest.fixture
async def slot(site: object, database: None) -> Slot:
    """Three places, all taken, and eight who wait."""
    mission = await make.mission(places=PLACES)
    for _ in range(PLACES):
        await make.application(mission)
    for _ in range(WAIT):
        await make.application(mission, status=Status.WAITING)
    return await make.only_slot(mission)


@pytest.mark.parametrize("seed", range(20 if LONG else 2))
async def test_at_every_turn_the_places_go_to_the_first_who_wait(
    crew: list[Process], slot: Slot, seed: int
) -> None:
    chance = random.Random(seed)
    people = [(await make.account()).email for _ in range(COME_LATER)]
    said: Counter[str] = Counter()
    for turn, later in enumerate(TURNS):
        now = make.NOW + later
        acts = [("apply", people.pop()) for _ in range(COME_LATER // len(TURNS))]
        acts += await _departures(slot, chance) + [("raise_places", "")] * (turn % 2)
        acts += [("expire", ""), ("expire", ""), ("sweep", "")]
        chance.shuffle(acts)
        said += await act(crew, now, acts)

        assert await check.broken(now) == {}

    assert set(said) <= REFUSALS, said
    await _offers_went_in_order_and_once(slot)


async def _departures(slot: Slot, chance: random.Random) -> list[Act]:
    """Some of those who are there leave, some take what they are offered, some do both."""
    rows = await Application.objects().where(Application.slot == slot.id).order_by(Application.id)
    held = [row for row in rows if row.status in HOLDS_PLACE]
    waiting = [row for row in rows if row.status == Status.WAITING]
    leaving = chance.sample(held, min(2, len(held))) + chance.sample(waiting, min(1, len(waiting)))
    acts = [("withdraw", row.public_id) for row in leaving]
    offered = [row for row in held if row.status == Status.OFFERED]
    return acts + [("take", row.public_id) for row in offered] + acts[:1]  # and a double click


async def act(crew: Sequence[Process], now: datetime, acts: Sequence[Act]) -> Counter[str]:
    """All of this at once, dealt out to the processes; what became of it."""
    lines = [f"{now.isoformat()} {json.dumps(acts[n :: len(crew)])}" for n in range(len(crew))]
    return Counter(answer for line in await tell(crew, lines) for answer in json.loads(line))


async def _offers_went_in_order_and_once(slot: Slot) -> None:
    """Plays the journal again: who waited, in order, at the instant of each offer."""
    rows = await Application.objects().where(Application.slot == slot.id)
    journal = await Change.objects().where(Change.subject == "application").order_by(Change.id)
    waiting = {row.id for row in rows} - {change.row_id for change in journal if change.source == ""}
    waiting -= set(await _first_holders(slot))
    offered: Counter[int] = Counter()
    for change in journal:
        if change.target == Status.OFFERED:
            assert change.row_id == min(waiting), "somebody was passed over"
            offered[change.row_id] += 1
        waiting = waiting | {change.row_id} if change.target == Status.WAITING else waiting - {change.row_id}
    mails = await Email.count().where(Email.template == "place_offered")
    assert set(offered.values()) == {1}
    assert mails == sum(offered.values()) > WAIT


async def _first_holders(slot: Slot) -> list[int]:
    rows = await Application.objects().where(Application.slot == slot.id).order_by(Application.id)
    return [row.id for row in rows[:PLACES]]


async def test_a_list_served_from_its_end_is_seen(slot: Slot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of what is read from the journal."""
    look = waiting_queries.waiting_of_slot

    async def from_its_end(slot_id: int) -> list[Application]:
        return (await look(slot_id))[::-1]

    monkeypatch.setattr(waiting_queries, "waiting_of_slot", from_its_end)
    held = await Application.objects().where(Application.slot == slot.id).order_by(Application.id)
    await crew_acts.withdraw(held[0].public_id, make.NOW)

    with pytest.raises(AssertionError, match="somebody was passed over"):
        await _offers_went_in_order_and_once(slot)


@pytest.mark.parametrize(("manner", "wrong"), [("slow", set()), ("naive", {PASSED_OVER})])
async def test_it_is_the_lock_that_keeps_people_from_waiting_beside_a_free_place(
    slot: Slot, manner: str, wrong: set[str]
) -> None:
    """The control: who applies looks, then writes; meanwhile the place that was taken is given back."""
    await Application.delete(force=True).where(Application.status == Status.WAITING)
    held = await Application.objects().where(Application.slot == slot.id)
    acts = [("apply", (await make.account()).email), ("withdraw", held[0].public_id)]
    async with processes("tests.race.crew", 2, manner) as crew:
        said = await act(crew, make.NOW, acts)

    assert set(said) == {"done"}
    assert set(await check.broken(make.NOW)) == wrong
