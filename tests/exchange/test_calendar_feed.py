"""A private calendar: what it holds, for whom, and the link that opens it."""

from typing import Any

import icalendar
import pytest

from marketplace.applications.lifecycle import Status
from marketplace.exchange import calendar_actions
from marketplace.exchange.calendar_tables import CalendarFeed
from marketplace.web.ids import fingerprint
from tests import make
from tests.client import Client, Clock


async def entries(client: Client, secret: str) -> list[Any]:
    page = await client.get(f"/calendrier/{secret}.ics")
    assert page.response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert page.response.headers["cache-control"] == "no-store"
    assert "set-cookie" not in page.response.headers
    return list(icalendar.Calendar.from_ical(page.html).walk("VEVENT"))


async def test_it_holds_the_accepted_dates_of_its_owner_and_nothing_else(client: Client) -> None:
    zoe = await make.volunteer()
    account = await make.account_of(zoe)
    mission = await make.mission(starts_at=make.after(days=5), title="Distribution de repas")
    theirs = await make.application(mission, zoe, status=Status.ACCEPTED)
    await make.application(mission, status=Status.ACCEPTED)  # somebody else's
    for status in set(Status) - {Status.ACCEPTED, Status.UNCONFIRMED}:
        await make.application(await make.mission(starts_at=make.after(days=6)), zoe, status=status)
    await make.application(await make.mission(), zoe, status=Status.ACCEPTED)  # undated
    secret = await calendar_actions.make_link(account.id, make.NOW)

    (event,) = await entries(client, secret)

    assert str(event["uid"]).startswith(theirs.public_id)
    assert event.decoded("dtstart") == make.after(days=5)
    assert str(event["summary"]) == "Bénévolat"
    text = event.to_ical().decode()
    assert "repas" not in text
    assert "Vestiaire" not in text


async def test_what_is_over_stays_for_thirty_days(client: Client, clock: Clock) -> None:
    zoe = await make.volunteer()
    await make.application(await make.mission(starts_at=make.after(days=1)), zoe, status=Status.ACCEPTED)
    secret = await calendar_actions.make_link((await make.account_of(zoe)).id, make.NOW)

    clock.move(days=31)
    assert len(await entries(client, secret)) == 1
    clock.move(hours=3)
    assert await entries(client, secret) == []


async def test_an_entry_has_one_name_in_the_mail_and_in_the_feed(client: Client) -> None:
    zoe = await make.volunteer()
    row = await make.application(await make.mission(starts_at=make.after(days=5)), zoe, status="accepted")
    secret = await calendar_actions.make_link((await make.account_of(zoe)).id, make.NOW)

    first, second = await entries(client, secret), await entries(client, secret)

    assert str(first[0]["uid"]) == str(second[0]["uid"]) == f"{row.public_id}@test.localhost"


async def test_only_a_fingerprint_of_the_secret_is_stored(database: None) -> None:
    account = await make.account()

    secret = await calendar_actions.make_link(account.id, make.NOW)

    (row,) = await CalendarFeed.objects()
    assert row.secret_hash == fingerprint(secret)
    assert secret not in str(row.to_dict())


async def test_a_new_link_ends_the_one_before_and_ending_it_leaves_none(client: Client) -> None:
    account = await make.account()
    old = await calendar_actions.make_link(account.id, make.NOW)
    new = await calendar_actions.make_link(account.id, make.NOW)

    await client.get(f"/calendrier/{old}.ics", 404)
    assert await entries(client, new) == []
    await calendar_actions.end_link(account.id)
    await client.get(f"/calendrier/{new}.ics", 404)
    assert await CalendarFeed.count() == 0


@pytest.mark.parametrize("secret", ["x", "s" * 300, "..", "%00", "' OR 1=1", "é"])
async def test_a_link_that_never_was_is_not_found(client: Client, secret: str) -> None:
    await calendar_actions.make_link((await make.account()).id, make.NOW)

    await client.get(f"/calendrier/{secret}.ics", 404)
