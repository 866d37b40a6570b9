"""Ending a mission that is done."""

from datetime import datetime

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.applications import answers, feedback_actions
from marketplace.applications.answers import Ending
from marketplace.lifecycle import By, advance
from marketplace.missions.lifecycle import FINISH
from marketplace.missions.places import lock_mission
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission
from marketplace.publishing import emails, policies, queries


async def finish(mission: Mission, account: Account, now: datetime, message: str = "") -> None:
    """End the mission: an apology, with these words if any, to whoever has no answer; the others stay.

    People accepted without a date are asked how it went; those of dates were, or are by the clock.

    Raises:
        OutOfDate: it is neither online nor paused.
        PeopleExpected: somebody is accepted for a date to come.
    """
    async with db.transaction():
        fresh = await lock_mission(mission.id)
        slots, accepted = await slots_of(fresh.id), await queries.accepted_by_slot(fresh.id)
        refusal = policies.why_not_finish(fresh, slots, accepted, now)
        if fresh.status in FINISH.sources and refusal:  # else `advance` says that the page is out of date
            raise refusal
        await advance(fresh, FINISH, By.ASSOCIATION, now, account.id, paused_because=None, updated_at=now)
        told = await answers.end_unanswered(fresh, Ending(By.ASSOCIATION, message=message), now)
        asked = await feedback_actions.ask_once_finished(fresh, now)
        await emails.mission_finish_noted(fresh, now, told, asked, bool(accepted))
