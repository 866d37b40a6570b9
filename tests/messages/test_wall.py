"""The database keeps what was written as it was written, on both engines, whoever opens it."""

import pytest

from marketplace import db
from marketplace.accounts.tables import Account
from marketplace.messages.tables import Message, Side
from tests import make
from tests.messages.talk import say, talk
from tests.walls import must_refuse

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    ("sql", "wall"),
    [
        ("UPDATE message SET text = 'autre chose'", "message_is_fixed"),
        ("UPDATE message SET side = 'volunteer'", "message_is_fixed"),
        ("UPDATE message SET application = application + 1", "message_is_fixed"),
        ("UPDATE message SET sent_at = '2030-01-01 00:00:00+00:00'", "message_is_fixed"),
        ("UPDATE message SET read_at = '2020-01-01 00:00:00+00:00'", "read_once_sent"),
        (
            """INSERT INTO message (application, side, text, to_all, sent_at)
            SELECT application, side, '', to_all, sent_at FROM message""",
            "",
        ),
        (
            """INSERT INTO message (application, side, text, to_all, sent_at)
            SELECT application, 'guardian', text, to_all, sent_at FROM message""",
            "",
        ),
        (
            """INSERT INTO message (application, side, text, to_all, sent_at)
            SELECT application, 'volunteer', text, (1 = 1), sent_at FROM message""",
            "volunteers_write_to_one",
        ),
    ],
)
async def test_what_the_database_refuses(sql: str, wall: str, database_url: str) -> None:
    await say(await talk(), Side.ASSOCIATION)
    before = await db.fetch("SELECT * FROM message")
    await must_refuse(database_url, sql, wall=wall)
    assert await db.fetch("SELECT * FROM message") == before


async def test_the_words_outlive_the_member_not_the_thread() -> None:
    about = await talk()
    writer = await make.account(email="maud@example.org")
    await say(about, Side.ASSOCIATION, author=writer.id)

    await Account.delete().where(Account.email == "maud@example.org")
    kept = await Message.objects()
    assert [(row.author, row.text) for row in kept] == [(None, "Bonjour")]

    await Message.delete(force=True)  # erasing may remove them
    assert await Message.count() == 0
