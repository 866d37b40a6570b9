"""A process of its own that mails about slots: `python -m tests.applications.after_jobs INSTANT`."""

import asyncio
import sys
from datetime import datetime

from marketplace import db
from marketplace.app import create_app
from marketplace.applications.attendance_actions import ask_for_attendance
from marketplace.applications.feedback_actions import ask_how_it_went
from marketplace.applications.presence_actions import ask_who_comes, remind_of_tomorrow

JOBS = (ask_who_comes, remind_of_tomorrow, ask_for_attendance, ask_how_it_went)


async def run(now: datetime) -> int:
    """Each job, without the clock's lease that would keep the other processes out; how many were told."""
    create_app()  # e-mails hold links: the routes are known
    await db.start()
    told = sum([await job(now) for job in JOBS])
    await db.stop()
    return told


if __name__ == "__main__":
    sys.stdout.write(str(asyncio.run(run(datetime.fromisoformat(sys.argv[1])))))
