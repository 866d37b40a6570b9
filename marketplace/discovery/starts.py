"""The last word typed may be the start of a longer one: what makes it quick to look for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from marketplace import db
from marketplace.discovery import matching, statements
from marketplace.discovery.searches import Search
from marketplace.discovery.sql import Sql, rows

SHORTEST = 4  # FTS5 keeps an index of what shorter ones begin
MOST_TOKENS = 40
LOOKED_AT = 500  # of the newest missions
WIDE = 25  # one mission in this many


@dataclass(frozen=True, slots=True)
class Starts:
    """What is known of the starts of words in a search."""

    tokens: Mapping[str, Sequence[str]] = field(default_factory=dict)  # all of the index that begin so
    wide: frozenset[str] = frozenset()  # those that so many missions have that the index is slow


async def starts(search: Search) -> Starts:
    """What is worth knowing before a search reads the inverted index.

    FTS5 puts together all that the tokens of a start are in, unless they are named; PostgreSQL does so too.
    """
    found = matching.starts(statements.wanted(search))
    if db.is_postgres():
        return Starts(wide=frozenset([start for start in found if await _is_wide(start)]))
    named = {start: await _tokens(start.rstrip("*")) for start in found if len(start) > SHORTEST}
    return Starts({start: tokens for start, tokens in named.items() if len(tokens) <= MOST_TOKENS})


async def _tokens(start: str) -> list[str]:
    """The tokens that begin so, at most one more than MOST_TOKENS."""
    found = await db.fetch(
        "SELECT term FROM mission_tokens WHERE term >= {} AND term < {} LIMIT {}",
        start, f"{start}\U0010ffff", MOST_TOKENS + 1,
    )  # fmt: skip
    return [row["term"] for row in found]


async def _is_wide(start: str) -> bool:
    newest = Sql("(SELECT w.doc FROM mission_words w ORDER BY w.id DESC LIMIT {}) AS w", (LOOKED_AT,))
    (row,) = await rows(
        Sql("SELECT count(*) AS missions FROM") + newest + "WHERE" + matching.looked_at("w.doc", [[start]])
    )
    return bool(row["missions"] * WIDE > LOOKED_AT)
