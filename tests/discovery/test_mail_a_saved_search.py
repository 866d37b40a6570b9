"""Mailing what is new to saved searches: once each, at most ten, nothing when there is nothing."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from marketplace.discovery import saved_mailing
from marketplace.discovery.actions import sweep
from marketplace.discovery.saved_mailing import BATCH, Read
from marketplace.discovery.saved_policies import first_due, next_due
from marketplace.discovery.saved_tables import SavedSearch
from marketplace.discovery.searches import Search
from marketplace.front.saved_words import read, send_due
from marketplace.mail.tables import Email
from marketplace.missions.lifecycle import Status as Mission_
from marketplace.missions.tables import Mission
from marketplace.vocabulary.actions import store_communes
from marketplace.vocabulary.communes import read_communes
from tests import make
from tests.client import emails_to, last_email

pytestmark = pytest.mark.usefixtures("database", "site")
ZOE = "zoe@example.org"
DUE = make.after(days=1)


async def publish(hours: float = 12, **values: Any) -> Mission:
    """A mission published this long after NOW, in the index."""
    at = make.NOW + timedelta(hours=hours)
    mission = await make.mission(published_at=at, **values)
    await sweep(at)
    return mission


async def saved(public_id: str) -> SavedSearch:
    row = await SavedSearch.objects().get(SavedSearch.public_id == public_id)
    assert row is not None
    return row


async def test_new_missions_are_mailed_and_older_ones_are_not() -> None:
    old = await publish(hours=-1, title="Lire des contes")
    await make.saved_search(email=ZOE)
    new = await publish(title="Trier des vêtements")

    assert await send_due(make.after(hours=23)) == 0
    assert await send_due(DUE) == 1

    (mail,) = await emails_to(ZOE)
    assert mail.subject == "1 nouvelle mission"
    assert f"/missions/{new.public_id}" in mail.text
    assert f"/missions/{new.public_id}" in mail.html
    assert old.public_id not in mail.text
    assert mail.unsubscribe in mail.text


async def test_no_mail_when_there_is_nothing_new() -> None:
    row = await make.saved_search(email=ZOE)

    assert await send_due(DUE) == 0

    assert not await Email.exists()
    assert (await saved(row.public_id)).next_due_at > DUE


async def test_a_mission_is_mailed_once_over_many_days() -> None:
    await make.saved_search(email=ZOE)
    titles = []
    for day in range(1, 6):
        titles.append((await publish(hours=24 * day - 1, title=f"Mission du jour {day}")).title)
        for _ in range(2):
            await send_due(make.after(days=day))

    mails = await emails_to(ZOE)
    assert [[title for title in titles if title in mail.text] for mail in mails] == [[t] for t in titles]


async def test_what_was_published_just_before_the_mail_is_in_the_next_one() -> None:
    """It may not be in the index yet."""
    await make.saved_search(email=ZOE)
    mission = await publish(hours=23.95)

    assert await send_due(DUE) == 0
    assert await send_due(make.after(days=2)) == 1

    assert mission.public_id in (await last_email(ZOE)).text


async def test_several_processes_mail_once() -> None:
    for number in range(5):
        await make.saved_search(email=f"someone{number}@example.org")
    await publish()

    written = await asyncio.gather(*(send_due(DUE) for _ in range(4)))

    assert sum(written) == 5
    assert await Email.count() == 5


async def test_three_weeks_late_one_mail_and_the_next_at_its_hour() -> None:
    row = await make.saved_search(email=ZOE, frequency="weekly", next_due_at=make.after(days=7))
    for day in (5, 12, 19, 26):
        await publish(hours=24 * day)

    late = make.after(days=28)
    written = [await send_due(late), await send_due(late), await send_due(make.after(days=28, hours=1))]

    assert written == [1, 0, 0]
    assert (await last_email(ZOE)).subject == "4 nouvelles missions"
    # a week later, at the same hour in Paris: summer time came in between
    assert (await saved(row.public_id)).next_due_at == datetime(2027, 4, 6, 8, 0, tzinfo=UTC)


async def test_ten_are_listed_and_the_search_has_the_others() -> None:
    await make.saved_search(email=ZOE)
    missions = [await publish(hours=1 + number / 10) for number in range(13)]

    await send_due(DUE)

    mail = await last_email(ZOE)
    listed = [mission for mission in missions if mission.public_id in mail.text]
    assert listed == missions[3:], "the newest ten"
    assert mail.subject == "De nouvelles missions"
    assert "d’autres" in mail.text


async def test_the_mail_holds_what_the_search_page_would_show() -> None:
    await make.saved_search(email=ZOE, query="quoi=contes&domaine=culture")
    wanted = await publish(title="Lire des contes", domain="culture")
    await publish(title="Lire des contes", domain="sport")
    await publish(title="Trier", domain="culture")
    await publish(title="Lire des contes", domain="culture", status=Mission_.PAUSED)

    await send_due(DUE)

    mail = await last_email(ZOE)
    assert mail.subject == "1 nouvelle mission"
    assert wanted.public_id in mail.text
    assert "/missions?quoi=contes&domaine=culture" in mail.text


async def test_the_place_is_understood_as_on_the_search_page() -> None:
    await store_communes([commune for commune in read_communes() if commune.code in ("35238", "97411")])
    await make.saved_search(email=ZOE, query="ou=Rennes&rayon=5")
    await make.saved_search(email="leo@example.org", query="ou=Saint-Denis+%28974%29&lieu=sur-place")
    near = await publish()

    await send_due(DUE)

    mail = await last_email(ZOE)
    assert near.public_id in mail.text
    assert "Rennes, 5\u00a0km" in mail.text or "Rennes, 5 km" in mail.text
    assert not await emails_to("leo@example.org")


async def test_paused_unconfirmed_and_minors_get_nothing() -> None:
    minor = await make.account_of(await make.volunteer(age=16))
    await make.saved_search(email=ZOE, paused_at=make.NOW)
    nothing = {"number": None, "confirmed_at": None, "seen_until": None, "next_due_at": None}
    await make.saved_search(email="leo@example.org", **nothing)
    await make.saved_search(account=minor)
    await make.saved_search(email=minor.email)
    await publish()

    assert await send_due(DUE) == 0
    assert not await Email.exists()


async def test_an_account_gets_it_at_its_address_in_its_language() -> None:
    account = await make.account(language="en")
    await make.saved_search(account=account)
    await publish()

    await send_due(DUE)

    mail = await last_email(account.email)
    assert mail.subject == "1 new mission"
    assert "/en/alertes/arret/" in mail.unsubscribe


async def test_a_search_whose_association_is_gone_finds_nothing_rather_than_everything() -> None:
    association = await make.association(status="suspended")
    await make.saved_search(email=ZOE, query=f"association={association.public_id}")
    await publish()

    assert await send_due(DUE) == 0


async def test_one_that_fails_keeps_no_other_back_and_loses_nothing() -> None:
    await make.saved_search(email="a@example.org", query="quoi=un", next_due_at=make.after(hours=20))
    await make.saved_search(email="b@example.org", query="quoi=deux")
    await publish()

    async def fails(query: str) -> Read | None:
        if query == "quoi=un":
            raise ValueError(query)
        return Read(Search(), "")

    async def works(query: str) -> Read | None:
        return Read(Search(), "")

    with pytest.raises(ValueError, match="quoi=un"):  # the job is noted as failed
        await saved_mailing.send_due(fails, DUE)
    assert len(await emails_to("b@example.org")) == 1
    assert not await emails_to("a@example.org")
    assert await saved_mailing.send_due(works, make.after(days=2)) == 1
    assert len(await emails_to("a@example.org")) == 1


async def test_a_search_stopped_meanwhile_is_not_mailed() -> None:
    row = await make.saved_search(email=ZOE)
    await publish()

    async def stopped(query: str) -> Read | None:
        await SavedSearch.update({SavedSearch.paused_at: DUE}).where(SavedSearch.id == row.id)
        return await read(query)

    assert await saved_mailing.send_due(stopped, DUE) == 0
    assert not await Email.exists()


async def test_a_backlog_goes_in_batches() -> None:
    for number in range(BATCH + 3):
        await make.saved_search(email=f"someone{number}@example.org")
    await publish()

    assert [await send_due(DUE), await send_due(DUE), await send_due(DUE)] == [BATCH, 3, 0]


@pytest.mark.parametrize("share", [0, 0.5, 0.999])
def test_first_mails_are_spread_over_the_early_morning(share: float) -> None:
    due = first_due("daily", make.NOW, share)

    assert due.date() == make.after(days=1).date()
    assert 5 <= due.hour < 8  # UTC, in winter
    assert first_due("weekly", make.NOW, share) - due == timedelta(days=6)


@pytest.mark.parametrize(
    ("frequency", "late", "then"),
    [
        ("daily", timedelta(0), timedelta(days=1)),
        ("daily", timedelta(hours=23), timedelta(days=1)),
        ("daily", timedelta(hours=25), timedelta(days=2)),
        ("weekly", timedelta(0), timedelta(days=7)),
        ("weekly", timedelta(days=7), timedelta(days=14)),
        ("weekly", timedelta(days=20), timedelta(days=21)),
    ],
)
def test_the_next_turn_is_after_now(frequency: str, late: timedelta, then: timedelta) -> None:
    due = datetime(2027, 1, 4, 6, 30, tzinfo=UTC)

    assert next_due(frequency, due, due + late) == due + then
