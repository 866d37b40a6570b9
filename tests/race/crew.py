"""A process in which many people act at once: `python -m tests.race.crew [slow|naive]`.

It is told `INSTANT`, then what is done, as JSON: `[["withdraw", "an application"], ["sweep", ""]]`.
`slow`: whoever applies takes their time between looking and writing; `naive`: and nobody locks the mission.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.accounts.queries import account_by_email
from marketplace.applications import actions, answers, late, queries, waiting
from marketplace.applications.actions import Choices
from marketplace.applications.answers import Ending
from marketplace.errors import Refusal
from marketplace.lifecycle import By
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission
from marketplace.publishing import actions as publishing
from tests.told import serve

WAITS_SECONDS, LONGEST_WAIT = 0.1, 45  # with the lock, nobody moves meanwhile
SETTLES_SECONDS = 2.0


async def withdraw(application: str, now: datetime) -> None:
    found = await queries.candidacy(application)
    await answers.withdraw(found, Ending(By.VOLUNTEER, "unavailable"), now)


async def take(application: str, now: datetime) -> None:
    await waiting.take(await queries.candidacy(application), None, now)


async def apply(email: str, now: datetime) -> None:
    """To the one mission there is, or its list."""
    account, slots = await account_by_email(email), await slots_of((await _mission()).id)
    assert account is not None
    await actions.apply(account, None, slots, Choices(waits={slot_key(slot) for slot in slots}), now)


async def raise_places(_: str, now: datetime) -> None:
    mission = await _mission()
    slot = (await slots_of(mission.id))[0]
    await publishing.change_places(mission, slot, slot.places + 1, now)


async def expire(_: str, now: datetime) -> None:
    await late.end_late(now)


async def sweep(_: str, now: datetime) -> None:
    await waiting.sweep(now)


ACTS: dict[str, Callable[[str, datetime], Awaitable[None]]] = {
    act.__name__: act for act in (withdraw, take, apply, raise_places, expire, sweep)
}


async def run(line: str) -> str:
    at, _, acts = line.partition(" ")
    now = datetime.fromisoformat(at)
    return json.dumps(await asyncio.gather(*(_answer(act, about, now) for act, about in json.loads(acts))))


async def _answer(act: str, about: str, now: datetime) -> str:
    try:
        await ACTS[act](about, now)
    except Refusal as refusal:
        return type(refusal).__name__
    except Exception as error:
        return f"ERROR {act} {about}: {error!r}"
    return "done"


async def _mission() -> Any:
    return await Mission.objects().first()


def be_slow() -> None:
    """Between looking and writing, wait for somebody else to move: the control must not depend on luck."""
    look = actions.fresh_slots  # type: ignore[attr-defined]

    async def look_and_wait(mission_id: int, slots: Any) -> Any:
        seen = await look(mission_id, slots)
        for _ in range(LONGEST_WAIT):
            await asyncio.sleep(WAITS_SECONDS)
            now = await look(mission_id, slots)
            if [slot.places_taken for slot in now] != [slot.places_taken for slot in seen]:
                await asyncio.sleep(SETTLES_SECONDS)  # whoever moved also offers the place: be after that
                break
        return seen

    async def withdraw_later(application: str, now: datetime) -> None:
        await asyncio.sleep(SETTLES_SECONDS)  # whoever applies has looked by then
        await withdraw(application, now)

    ACTS["withdraw"] = withdraw_later
    actions.fresh_slots = look_and_wait  # type: ignore[attr-defined]


def be_naive() -> None:
    """Nobody locks the mission. On SQLite the transaction itself is the lock: there is none either."""
    lock_row = db.lock_row

    async def lock_the_others(table: Any, row_id: Any) -> None:
        if table is not Mission and db.in_transaction():
            await lock_row(table, row_id)

    def no_transaction() -> AbstractAsyncContextManager[Any]:
        return nullcontext()

    db.lock_row = lock_the_others
    if not db.is_postgres():
        db.transaction = no_transaction


if __name__ == "__main__":
    if sys.argv[1:]:
        be_slow()
    if "naive" in sys.argv:
        be_naive()
    serve(run)
