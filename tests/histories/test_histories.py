"""Random histories of applying, answering, consenting and waiting: the invariants hold after every step."""

import asyncio
import os
import re
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, ClassVar, Literal, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from marketplace import check
from marketplace.applications import actions, answers, checks, holds, late, queries, waiting
from marketplace.applications.actions import Choices
from marketplace.applications.answers import Ending
from marketplace.applications.applicants import Visitor
from marketplace.applications.lifecycle import LIVE
from marketplace.applications.tables import Application
from marketplace.consents.actions import Answer, GuardianAddress
from marketplace.errors import NotFound, Refusal
from marketplace.guardians import actions as guardians
from marketplace.lifecycle import By
from marketplace.mail.tables import Email
from marketplace.missions.policies import slot_key
from marketplace.missions.queries import slots_of
from marketplace.missions.tables import Mission
from marketplace.publishing import actions as publishing
from marketplace.publishing import date_actions, finish_actions
from marketplace.routes import ROUTES
from marketplace.web import routing
from marketplace.web.clock import paris_day
from tests import make
from tests.databases import clean

LONG = os.environ.get("MARKETPLACE_TEST_LONG") == "1"
PROFILE = settings(
    max_examples=2000 if LONG else 40,
    stateful_step_count=40,
    deadline=None,
    derandomize=not LONG,  # the same histories at each run; --long draws new ones
    suppress_health_check=list(HealthCheck),
)
ADULTS, MINORS = 4, 2
PEOPLE = st.integers(0, ADULTS + MINORS - 1)

T = TypeVar("T")


class Histories(RuleBasedStateMachine):
    """Six people, two missions of few places, an association, guardians, and time that passes."""

    loop: ClassVar[asyncio.AbstractEventLoop]
    seen: ClassVar[set[str]] = set()  # what was reached over all the histories

    def run(self, work: Coroutine[Any, Any, T]) -> T | Literal[True] | None:
        """The action's result (True for one without), or None when a rule said no: nothing else is raised."""

        async def attempt() -> T | Literal[True] | None:
            try:
                result = await work
                return True if result is None else result
            except (Refusal, NotFound) as no:
                self.seen.add(type(no).__name__)
                return None

        return asyncio.run_coroutine_threadsafe(attempt(), self.loop).result()

    @initialize(places=st.integers(1, 3), instant=st.booleans(), first=st.sets(PEOPLE, min_size=1))
    def begin(self, places: int, instant: bool, first: set[int]) -> None:
        self.now = make.NOW
        self.visits = 0
        self.run(self._begin(places, instant))
        for who in sorted(first, reverse=True):  # minors first: few places are left for the others
            self.apply(who, who % 2, True)

    async def _begin(self, places: int, instant: bool) -> None:
        await clean()  # each history is judged by itself
        association = await make.association()
        self.owner = await make.owner_of(association)
        common: dict[str, Any] = {
            "association": association,
            "minors": "open",
            "contact_level": "none",
            "exposures": [],
        }
        self.missions = [
            await make.mission(places=places, admission="instant" if instant else "review", **common),
            await make.mission(places=1, starts_at=self.now + timedelta(days=9), **common),
        ]
        await make.slot(self.missions[1], places=1, starts_at=self.now + timedelta(days=12))
        self.offered: set[int] = set()
        self.people = [await make.volunteer() for _ in range(ADULTS)]
        self.people += [await make.volunteer(age=16) for _ in range(MINORS)]

    @rule(who=PEOPLE, which=st.integers(0, 1), waits=st.booleans())
    def apply(self, who: int, which: int, waits: bool) -> None:
        self.run(self._apply(who, which, waits))

    async def _apply(self, who: int, which: int, waits: bool) -> None:
        account = await make.account_of(self.people[who])
        guardian = GuardianAddress(f"parent{self.people[who].id}@example.org", "parent")
        slots = await slots_of(self.missions[which].id)
        keys = {slot_key(slot) for slot in slots} if waits else ()
        applied = await actions.apply(account, None, slots, Choices(guardian=guardian, waits=keys), self.now)
        self.seen.update(f"applied: {row.status}" for row in applied.applications)
        self.seen.update(type(no).__name__ for _, no in applied.refused)

    @rule(who=PEOPLE, known=st.booleans(), which=st.integers(0, 1), minor=st.booleans(), waits=st.booleans())
    def hold(self, who: int, known: bool, which: int, minor: bool, waits: bool) -> None:
        self.run(self._hold(who, known, which, minor, waits))

    async def _hold(self, who: int, known: bool, which: int, minor: bool, waits: bool) -> None:
        self.visits += 1
        email = f"visite{self.people[0].id}-{self.visits}@example.org"
        if known:
            email = (await make.account_of(self.people[who])).email
        visitor = Visitor(email, "Noa", "Petit", make.born(16 if minor else 30), network=email)
        guardian = GuardianAddress(f"parent-{email}", "parent") if minor else None
        slots = await slots_of(self.missions[which].id)
        keys = {slot_key(slot) for slot in slots} if waits else ()
        await holds.hold(visitor, slots, Choices(guardian=guardian, waits=keys), self.now)
        self.seen.add("held")

    @rule(pick=st.integers(0, 9))
    def take_offer(self, pick: int) -> None:
        self.run(self._take_offer(pick))

    async def _take_offer(self, pick: int) -> None:
        rows = await self._rows()
        rows = [row for row in rows if row.status == "offered"] or rows
        if rows:
            found = await queries.candidacy(rows[pick % len(rows)].public_id)
            guardian = GuardianAddress(f"parent{found.application.volunteer}@example.org", "parent")
            await waiting.take(found, guardian, self.now)
            self.seen.add("offer taken")

    @rule(which=st.integers(0, 1))
    def pause_or_resume(self, which: int) -> None:
        self.run(self._pause_or_resume(which))

    async def _pause_or_resume(self, which: int) -> None:
        mission = await Mission.objects().get(Mission.id == self.missions[which].id)
        if mission is not None and mission.status == "paused":
            await publishing.resume(mission, self.owner, self.now)
            self.seen.add("resumed")
        elif mission is not None:
            await publishing.pause(mission, self.owner, self.now)

    @rule(pick=st.integers(0, 5))
    def confirm(self, pick: int) -> None:
        for secret in self._secrets("confirm_application", pick):
            if self.run(holds.confirm(secret, "test", self.now)):
                self.seen.add("confirmed")

    @rule(pick=st.integers(0, 5), answer=st.sampled_from(["give", "give in part", "refuse"]))
    def answer_as_guardian(self, pick: int, answer: str) -> None:
        for token in self._secrets("consent_asked", pick):  # answered already, or in time
            if self.run(self._answer_as_guardian(token, answer)):
                self.seen.add(answer)

    async def _answer_as_guardian(self, token: str, answer: str) -> None:
        if answer != "refuse":
            last = (await slots_of(self.missions[1].id))[-1]
            keys = None if answer == "give" else ["sans-date", slot_key(last)]
            await guardians.give(token, Answer("Claude Petit", "parent", ""), keys, self.now)
        else:
            await guardians.refuse(token, self.now)

    @rule(pick=st.integers(0, 5))
    def withdraw_as_guardian(self, pick: int) -> None:
        for token in self._secrets("consent_given", pick):
            if self.run(guardians.withdraw(token, self.now)):
                self.seen.add("guardian withdrew")

    @rule(pick=st.integers(0, 9), what=st.sampled_from(["accept", "decline", "withdraw", "meet"]))
    def answer(self, pick: int, what: str) -> None:
        self.run(self._answer(pick, what))

    async def _answer(self, pick: int, what: str) -> None:
        rows = await self._rows()
        likely = {"decline": {"pending", "accepted"}, "withdraw": LIVE}.get(what, {"pending"})
        rows = [row for row in rows if row.status in likely] or rows  # else somebody with an old page
        if not rows:
            return
        found = await queries.candidacy(rows[pick % len(rows)].public_id)
        if what == "accept":
            await answers.accept(found, self.owner.id, self.now)
        elif what == "decline":
            await answers.decline(found, Ending(By.ASSOCIATION, "profile"), self.owner.id, self.now)
        elif what == "meet":
            await answers.meet(found, paris_day(self.now) + timedelta(days=5), self.now)
        else:
            await answers.withdraw(found, Ending(By.VOLUNTEER, "unavailable"), self.now)
        self.seen.add(what)

    async def _rows(self) -> list[Application]:
        slots = [slot.id for mission in self.missions for slot in await slots_of(mission.id)]
        return await Application.objects().where(Application.slot.is_in(slots)).order_by(Application.id)

    @rule(places=st.integers(1, 4), which=st.integers(0, 1))
    def change_places(self, places: int, which: int) -> None:
        self.run(self._change_places(places, which))

    async def _change_places(self, places: int, which: int) -> None:
        slot = (await slots_of(self.missions[which].id))[0]
        await publishing.change_places(self.missions[which], slot, places, self.now)
        self.seen.add("places changed")

    @rule(draw=st.integers(0, 9))
    def end_something(self, draw: int) -> None:
        if draw == 0:  # seldom: much is tried with this date, and with these missions
            self.run(self._cancel_last_date())
        elif draw in (4, 7):
            self.run(self._finish(draw % 2))

    async def _cancel_last_date(self) -> None:
        last = (await slots_of(self.missions[1].id))[-1]
        await date_actions.cancel_dates(self.missions[1], slot_key(last), False, "", self.now)
        self.seen.add("date cancelled")

    async def _finish(self, which: int) -> None:
        mission = self.missions[which]
        await finish_actions.finish(mission, self.owner, self.now)
        left = {row.status for row in await queries.live_of_mission(mission.id)}
        assert left <= {"accepted"}, "somebody waits for a mission that is over"
        self.seen.add("finished")

    @rule(minutes=st.sampled_from([5, 20, 31, 60 * 24, 60 * 24 * 8]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.run(holds.drop_unconfirmed(self.now))
        self.run(guardians.end_silent(self.now))
        self.run(late.end_late(self.now))
        self.run(late.remind(self.now))
        self.run(waiting.sweep(self.now))  # birthdays and delays make people eligible without an event

    @invariant()
    def all_holds(self) -> None:
        assert self.run(check.broken(self.now)) == {}

    @invariant()
    def offers_go_in_order(self) -> None:
        self.run(self._offers_go_in_order())

    async def _offers_go_in_order(self) -> None:
        for mission in self.missions:
            for slot in await slots_of(mission.id):
                rows = Application.objects().where(Application.slot == slot.id)
                offered = {row.id for row in await rows if row.status == "offered"}
                if fresh := offered - self.offered:
                    self.seen.add("offered")
                    passed = [id_ for id_ in await checks.eligible(slot, self.now) if id_ < max(fresh)]
                    assert not passed, "somebody who may come was passed over"
                self.offered |= offered

    def _secrets(self, template: str, pick: int) -> list[str]:
        texts: list[str] = asyncio.run_coroutine_threadsafe(self._texts(template), self.loop).result()
        found = [match[1] for text in texts for match in [re.search(r"http\S+/(\S+)", text)] if match]
        return [found[pick % len(found)]] if found else []

    async def _texts(self, template: str) -> list[str]:
        rows = await Email.select(Email.text).where(Email.template == template).order_by(Email.id)
        return [row["text"] for row in rows]


async def test_random_histories_break_no_invariant(database: None) -> None:
    Histories.loop = asyncio.get_running_loop()
    Histories.seen.clear()
    routing.register(ROUTES)  # e-mails hold links to pages

    await asyncio.to_thread(run_state_machine_as_test, Histories, settings=PROFILE)

    reached = {"applied: waiting", "held", "confirmed", "accept", "decline", "withdraw", "give", "refuse"}
    reached |= {"give in part", "guardian withdrew", "SlotFull", "places changed", "offered", "resumed"}
    reached |= {
        "offer taken",
        "OfferGone",
        "meet",
        "MetAlready",
        "date cancelled",
        "finished",
        "PeopleExpected",
    }
    assert reached <= Histories.seen, reached - Histories.seen
