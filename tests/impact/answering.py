"""Applications with the journal that real ones leave: seen at an instant, answered at another."""

from datetime import datetime, timedelta

from marketplace.applications.lifecycle import Status
from marketplace.applications.tables import Application
from marketplace.lifecycle import By, note
from marketplace.missions.tables import Mission, Slot
from tests import make

SEEN_AT = make.NOW - timedelta(days=60)  # in the last whole months


async def answered(
    where: Mission | Slot,
    *,
    days: float = 1,
    seen_at: datetime = SEEN_AT,
    status: str = Status.DECLINED,
    by: str = By.ASSOCIATION,
) -> Application:
    """An application that left `pending` after so many days."""
    at = seen_at + timedelta(days=days)
    row = await make.application(where, status=status, created_at=seen_at, status_at=at)
    await note("application", row.id, "", Status.PENDING, By.VOLUNTEER, seen_at)
    await note("application", row.id, Status.PENDING, status, By(by), at)
    return row


async def several(count: int, where: Mission | Slot, *, days: float = 1, **values: object) -> None:
    """As many, all alike."""
    for _ in range(count):
        await answered(where, days=days, **values)  # type: ignore[arg-type]
