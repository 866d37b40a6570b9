"""Two hundred volunteers, ten places, over real HTTP: exactly ten get in, and each gets a proper page."""

import asyncio
from collections import Counter
from itertools import count

import httpx
import pytest

from marketplace import check
from marketplace.applications.lifecycle import HOLDS_PLACE
from marketplace.applications.tables import Application
from marketplace.missions.tables import Mission
from tests import make
from tests.race import naive
from tests.race.servers import Runner, processes, runners, running, send

CROWD, PLACES = 200, 10
FEW = 60  # enough for the control to go wrong
IN, FULL = "in", "full"
# the second: it was full when they asked, and a place has been given back before the page was written
NO_PLACE = ("La mission est désormais complète", "Une date vient de se remplir")
UNDATED = "sans-date"  # the key of the only slot


@pytest.fixture
async def mission(database: None) -> Mission:
    return await make.mission(places=PLACES, admission="instant", prerequisites=[], undertaking="", tasks=[])


async def test_exactly_as_many_get_in_as_there_are_places(mission: Mission) -> None:
    async with running(processes()) as bases:
        answers = await _rush(mission, await runners(CROWD, bases))

    assert Counter(map(_said, answers)) == {IN: PLACES, FULL: CROWD - PLACES}
    assert await _holders(mission) == PLACES
    assert (await make.only_slot(mission)).places_taken == PLACES
    assert await check.broken() == {}


async def test_places_given_back_meanwhile_are_taken_again_and_never_twice(mission: Mission) -> None:
    async with running(processes()) as bases:
        crowd = await runners(CROWD, bases)
        answers = await _rush(mission, crowd, some_give_back=True)
        late = await _rush(mission, await runners(PLACES * 2, bases))

    gave_back = Counter(map(_said, answers))["gave back"]
    assert gave_back >= PLACES // 2
    assert set(map(_said, answers)) <= {IN, FULL, "gave back"}
    assert await _holders(mission) == PLACES  # the late ones filled what was given back
    assert set(map(_said, late)) <= {IN, FULL}
    assert await check.broken() == {}


async def test_without_its_guards_the_same_site_oversells(mission: Mission) -> None:
    await naive.drop_guards()
    try:
        async with running(processes(), "tests.race.naive:create_app") as bases:
            await _rush(mission, await runners(FEW, bases))
        oversold = await _holders(mission)
    finally:
        await naive.restore_guards()

    assert oversold > PLACES


async def _rush(mission: Mission, crowd: list[Runner], some_give_back: bool = False) -> list[httpx.Response]:
    page = f"/missions/{mission.public_id}/candidature"
    limits = httpx.Limits(max_connections=50)
    got_in = count(1)
    async with httpx.AsyncClient(timeout=120, limits=limits) as http:

        async def one(runner: Runner) -> httpx.Response:
            answer = await send(http, runner, page, {"step": "send", "slots": UNDATED})
            if some_give_back and _said(answer) == IN and next(got_in) % 2:
                path = answer.url.path + "/retrait"
                answer = await send(http, runner, path, {"reason": "unavailable", "message": ""})
            return answer

        return await asyncio.gather(*map(one, crowd))


def _said(answer: httpx.Response) -> str:
    """What the page tells the volunteer; anything else is not a proper answer."""
    path, text = answer.url.path, answer.text
    if path.startswith("/mes-candidatures/") and answer.status_code == 200:
        return "gave back" if "Votre candidature est retirée" in text else IN
    if answer.status_code == 409 and any(words in text for words in NO_PLACE):
        return FULL
    return f"{answer.status_code} {path}: {text[:200]}"


async def _holders(mission: Mission) -> int:
    slot = await make.only_slot(mission)
    holds = (Application.slot == slot.id) & Application.status.is_in(list(HOLDS_PLACE))
    return int(await Application.count().where(holds))
