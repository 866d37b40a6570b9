"""A process that runs a job each time it is told `INSTANT JOB`: `python -m tests.clock.process`.

Without the clock's lease, which would keep the other process out.
"""

from datetime import datetime

from marketplace.schedule import SCHEDULE
from tests.told import serve

JOBS = {job.name: job.run for job in SCHEDULE}


async def run(line: str) -> str:
    at, _, job = line.partition(" ")
    await JOBS[job](datetime.fromisoformat(at))
    return "done"


if __name__ == "__main__":
    serve(run)
