"""Both engines say which of our rules a statement broke."""

import pytest

from marketplace import db
from tests.db.conftest import Engine

LITE_TRIGGER = """
CREATE TRIGGER no_blue BEFORE INSERT ON paint WHEN NEW.colour = 'blue'
BEGIN SELECT RAISE(ABORT, 'paint_not_blue'); END
"""
PG_TRIGGER = (
    """
CREATE FUNCTION no_blue() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF NEW.colour = 'blue' THEN RAISE EXCEPTION 'paint_not_blue' USING ERRCODE = '23514'; END IF;
RETURN NEW; END $$
""",
    "CREATE TRIGGER no_blue BEFORE INSERT ON paint FOR EACH ROW EXECUTE FUNCTION no_blue()",
)


@pytest.fixture
async def paint(engine: Engine) -> None:
    await db.fetch(
        "CREATE TABLE paint (id INTEGER PRIMARY KEY, colour TEXT NOT NULL, litres INTEGER NOT NULL, "
        "CONSTRAINT paint_some CHECK (litres > 0))"
    )
    await db.fetch("CREATE UNIQUE INDEX paint_once ON paint (colour, litres) WHERE litres < 100")
    await db.fetch("CREATE UNIQUE INDEX paint_any_case ON paint (lower(colour)) WHERE litres > 100")
    for statement in PG_TRIGGER if db.is_postgres() else (LITE_TRIGGER,):
        await engine.run_ddl(statement)


async def broken_by(colour: str | None, litres: int) -> str | None:
    statement = "INSERT INTO paint (id, colour, litres) VALUES ((SELECT count(*) FROM paint), {}, {})"
    with pytest.raises(Exception, match=r".") as caught:
        await db.fetch(statement, colour, litres)
    return db.violated(caught.value)


async def paint_some(colour: str, litres: int) -> None:
    await db.fetch("INSERT INTO paint (id, colour, litres) VALUES (99, {}, {})", colour, litres)


@pytest.mark.usefixtures("paint")
async def test_a_broken_check_has_its_name() -> None:
    assert await broken_by("red", -1) == "paint_some"


@pytest.mark.usefixtures("paint")
async def test_a_refusing_trigger_has_its_message() -> None:
    assert await broken_by("blue", 1) == "paint_not_blue"


@pytest.mark.usefixtures("paint")
async def test_a_missing_value_has_its_column() -> None:
    assert await broken_by(None, 1) == "paint.colour"


@pytest.mark.usefixtures("paint")
async def test_a_second_row_has_the_index_or_its_columns() -> None:
    await paint_some("red", 5)

    expected = "paint_once" if db.is_postgres() else "paint.colour, paint.litres"
    assert await broken_by("red", 5) == expected


@pytest.mark.usefixtures("paint")
async def test_a_second_row_of_an_index_on_an_expression_has_the_index() -> None:
    await paint_some("Red", 500)

    assert await broken_by("red", 600) == "paint_any_case"


@pytest.mark.usefixtures("paint")
async def test_other_errors_break_no_rule() -> None:
    with pytest.raises(Exception, match="nowhere") as caught:
        await db.fetch("SELECT * FROM nowhere")

    assert db.violated(caught.value) is None
    assert db.violated(ValueError("UNIQUE constraint failed: x")) is None
