"""A suspension ends while somebody withdraws: whoever is second waits, and nobody gets an error."""

import asyncio
from typing import Any

import pytest

from marketplace import db
from marketplace.applications import answers, queries
from marketplace.applications.answers import Ending
from marketplace.associations import actions as associations
from marketplace.discovery import actions as discovery
from marketplace.lifecycle import By
from marketplace.missions.tables import Mission
from marketplace.moderation import actions as moderation
from marketplace.moderation.lifecycle import Act
from tests import make

LEAVES = Ending(By.VOLUNTEER, "unavailable")


async def lift_while_somebody_withdraws(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Both stop after their first locks, so that each holds something when they go on."""
    association = await make.association(status="suspended")
    mission = await make.mission(association=association)
    await discovery.index(mission.id, make.NOW)
    application = await make.application(mission)
    moderator, both = await make.moderator(), asyncio.Barrier(2)

    def pausing(real: Any) -> Any:
        async def paused(*args: Any) -> Any:
            result = await real(*args)
            try:
                async with asyncio.timeout(1):  # the other may wait for us already
                    await both.wait()
            except (TimeoutError, asyncio.BrokenBarrierError):
                pass
            return result

        return paused

    monkeypatch.setattr(associations, "lift", pausing(associations.lift))
    monkeypatch.setattr(answers, "_locked", pausing(answers._locked))
    found, at = await queries.candidacy(application.public_id), make.after(days=1)
    done = await asyncio.gather(
        moderation.decide_association(moderator, association, Act.LIFT_ASSOCIATION, "", "", at),
        answers.withdraw(found, LEAVES, at),
        return_exceptions=True,
    )
    return list(done)


async def test_neither_stops_the_other(site: object, database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    done = await lift_while_somebody_withdraws(monkeypatch)
    assert [one for one in done if isinstance(one, Exception)] == []


async def test_without_the_missions_locked_first_they_would(
    site: object, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite the transaction is the lock: one writer at a time, whatever the order."""

    async def unlocked(association_id: int) -> None:
        await Mission.exists().where(Mission.association == association_id)

    monkeypatch.setattr(moderation, "lock_missions_of", unlocked)
    done = await lift_while_somebody_withdraws(monkeypatch)
    assert bool([one for one in done if isinstance(one, Exception)]) == db.is_postgres()
