"""Whether a mission has the words and the tags asked for: through the inverted index, or looking at it.

The index is quick at what is rare, or newest first on SQLite; a look at each mission, along the index of some
order, is quick at what is common. Both say the same.
"""

from collections.abc import Iterable, Mapping, Sequence

from marketplace import db
from marketplace.discovery.normalise import Word
from marketplace.discovery.sql import Sql, either, every

BLOCK = 4096  # ids that share a tag of the inverted index, as the migration writes it (PostgreSQL)
_BLOCK_TAG = "_n_"

Group = Sequence[str]  # tokens of which a mission has one; with « * » at its end, the start of one


def groups(words: Sequence[Word], wanted: Mapping[str, Sequence[str]]) -> list[Group]:
    """What a mission must have: a token of each group.

    Every token is made of letters and digits of ours (normalise.py) or is a tag: nothing to escape.
    """
    of_words = [[*word.alternatives, *([f"{word.typed}*"] if word.is_prefix else [])] for word in words]
    return [*of_words, *wanted.values()]


def starts(of: Iterable[Group]) -> list[str]:
    """Those of the tokens that are only the start of one."""
    return [token for group in of for token in group if token.endswith("*")]


def named(group: Group, tokens: Mapping[str, Sequence[str]]) -> Group:
    """The same, each start of a word replaced by the tokens it may become, where these are given."""
    return list(dict.fromkeys(token for one in group for token in tokens.get(one, [one])))


def index_query(of: Iterable[Group]) -> str:
    """The query of the inverted index."""
    postgres = db.is_postgres()
    quote, one_of, both, start = ("'", " | ", " & ", ":*") if postgres else ('"', " OR ", " AND ", " *")

    def said(token: str) -> str:
        return f"{quote}{token.rstrip('*')}{quote}{start if token.endswith('*') else ''}"

    return both.join(f"({one_of.join(map(said, group))})" for group in of)


def indexed(column: str, of: Sequence[Group]) -> Sql:
    """The condition that is answered by the inverted index on this column or, on SQLite, this table."""
    if db.is_postgres():
        return Sql(f"{column} @@ CAST(CAST({{}} AS TEXT) AS TSQUERY)", (index_query(of),))
    return Sql(f"{column} MATCH {{}}", (index_query(of),))


def indexed_in_blocks(column: str, of: Sequence[Group], after: int, before: int) -> Sql:
    """The same among the ids between these two and a few next to them (PostgreSQL).

    Block by block, as together they would cost five times as much; but the start of a word once, as the index
    reads all that begins so each time.
    """
    numbers = range((after + 1) // BLOCK, (before - 1) // BLOCK + 1)
    blocks = [f"{_BLOCK_TAG}{number}" for number in numbers]
    finished = [[token for token in group if not token.endswith("*")] for group in of]
    parts = [indexed(column, [[block], *finished]) for block in blocks]
    for start in starts(of):
        parts.append(indexed(column, [*([start] if start in group else group for group in of), blocks]))
    return either(parts)


def looked_at(column: str, of: Sequence[Group]) -> Sql:
    """The condition that is answered by looking at a mission's own tokens, whatever led to it."""
    if db.is_postgres():  # what the operator `@@` calls; no index knows it by this name
        return Sql(f"ts_match_vq({column}, CAST(CAST({{}} AS TEXT) AS TSQUERY))", (index_query(of),))
    return every([either([_has(token) for token in group]) for group in of])


def _has(token: str) -> Sql:
    tokens = ("r.tags",) if token.startswith("_") else ("r.title_t", "r.body_t")
    wanted = f" {token.rstrip('*')}" if token.endswith("*") else f" {token} "
    return either([Sql(f"instr(' ' || {column} || ' ', {{}}) > 0", (wanted,)) for column in tokens])
