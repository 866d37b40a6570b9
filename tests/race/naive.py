"""The negative control: the site with its guards taken away, as it is often written.

Counts, compares, then inserts: without lock, without transaction, on a database whose triggers were
dropped. It must oversell, or the race proves nothing.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from starlette.applications import Starlette

from marketplace import app, db
from marketplace.applications import actions
from marketplace.applications.lifecycle import HOLDS_PLACE
from marketplace.applications.tables import Application
from marketplace.missions.tables import Mission, Slot
from marketplace.volunteers import actions as volunteers

BUSY_SECONDS = 0.5  # between looking and writing, as on a busy machine: the control must not depend on luck


async def drop_guards() -> None:
    """Take away the triggers that count places and refuse one too many."""
    if db.is_postgres():
        await db.engine().run_ddl("ALTER TABLE application DISABLE TRIGGER count_places")
    else:
        for name in ("application_takes_place", "application_frees_place", "application_moves"):
            await db.engine().run_ddl(f"DROP TRIGGER {name}")


async def restore_guards() -> None:
    """Put them back where the database outlives the test; on SQLite the next test has a fresh file."""
    if db.is_postgres():
        await db.engine().run_ddl("ALTER TABLE application ENABLE TRIGGER count_places")


def create_app() -> Starlette:
    """The site, with count-then-insert in place of lock-then-look."""
    db.transaction = _no_transaction
    db.lock_row = _no_lock
    actions.lock_mission = _read_mission  # type: ignore[attr-defined]
    actions.fresh_slots = _count_then_compare  # type: ignore[attr-defined]
    volunteers.db.lock_row = _no_lock  # type: ignore[attr-defined]
    return app.create_app()


def _no_transaction() -> AbstractAsyncContextManager[Any]:
    return nullcontext()


async def _no_lock(table: Any, row_id: Any) -> None:
    return None


async def _read_mission(mission_id: int) -> Mission:
    mission = await Mission.objects().get(Mission.id == mission_id)
    assert mission is not None
    return mission


async def _count_then_compare(mission_id: int, slots: Sequence[Slot]) -> list[Slot]:
    found = await Slot.objects().where(Slot.id.is_in([slot.id for slot in slots])).order_by(Slot.id)
    for slot in found:
        taken = (Application.slot == slot.id) & Application.status.is_in(list(HOLDS_PLACE))
        slot.places_taken = await Application.count().where(taken)
    await asyncio.sleep(BUSY_SECONDS)
    return found
