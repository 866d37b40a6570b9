"""Keeping the index: one mission now, all that changed, or everything afresh while people search."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from marketplace import db
from marketplace.discovery import tags
from marketplace.discovery.geography import is_on_earth, point
from marketplace.discovery.normalise import index_text, words_of
from marketplace.discovery.tables import MissionSearch, SearchWord
from marketplace.vocabulary.skills import SKILLS

PRESENTATION_LENGTH = 1000  # characters of it that are indexed
BATCH = 500  # missions per transaction
MOST_STALE = 500  # recounted in one statement
SHORTEST_WORD = 4  # worth suggesting

READ = """SELECT r.id AS row_id, r.edition, r.indexed_edition, m.title, m.presentation, m.tasks,
    m.skills_needed, m.skills_wished, m.audiences, m.domain, m.activities, m.rhythm, m.day_parts,
    m.place_kind, m.latitude, m.longitude, m.department, m.minors, m.wheelchair, m.public_transport,
    m.admission, a.public_id AS association
FROM mission_search r JOIN mission m ON m.id = r.mission JOIN association a ON a.id = m.association """


# what `_write` writes, in the order of `entry`, and how PostgreSQL is told its type
WRITTEN = {
    "row_id": "INTEGER",
    "indexed_edition": "INTEGER",
    "title_t": "TEXT",
    "body_t": "TEXT",
    "tags": "TEXT",
    "place_kind": "TEXT",
    **dict.fromkeys(("latitude", "longitude", "x", "y", "z"), "DOUBLE PRECISION"),
}


async def index(mission_id: int, now: datetime) -> None:
    """Bring one mission up to date in the index; nothing for one that never was published.

    Called after the transaction that changed it: it opens its own. Were it not called, `sweep` would follow.
    """
    async with db.transaction():
        if rows := await db.fetch(READ + "WHERE r.mission = {}", mission_id):
            await _write(rows)
        await _recount([mission_id], now)


async def sweep(now: datetime) -> int:
    """Index what has changed and recount what time has changed; how many missions were written."""
    written = 0
    while rows := await db.fetch(
        "SELECT mission FROM mission_search WHERE stale_at <= {} ORDER BY stale_at LIMIT {}", now, MOST_STALE
    ):
        async with db.transaction():
            await _recount(sorted(row["mission"] for row in rows), now)
        written += len(rows)
    while rows := await db.fetch(READ + "WHERE r.indexed_edition <> r.edition ORDER BY r.id LIMIT {}", BATCH):
        async with db.transaction():
            await _write(rows)
        written += len(rows)
    return written


async def reindex(progress: Callable[[int, int], None], now: datetime) -> int:
    """Write every mission's text afresh, in batches; `progress(done, of)` after each. Returns how many.

    People search meanwhile: each mission goes from its old text to its new one in one step, and a change
    made meanwhile is not overwritten. The words to suggest are counted anew.
    """
    (counted,) = await db.fetch("SELECT count(*) AS rows, max(id) AS last FROM mission_search")
    words: Counter[tuple[str, str]] = Counter()
    done = last = 0
    while rows := await db.fetch(
        READ + "WHERE r.id > {} AND r.id <= {} ORDER BY r.id LIMIT {}", last, counted["last"], BATCH
    ):
        async with db.transaction():
            await _write(rows, learn=False)
        for row in rows:
            words.update(_words(row))
        done, last = done + len(rows), rows[-1]["row_id"]
        progress(done, counted["rows"])
    await _replace_words(words)
    await sweep(now)
    return done


def entry(row: dict[str, Any]) -> dict[str, Any]:
    """What the index should say of a mission (`check` compares it with what it says)."""
    known = is_on_earth(row["latitude"], row["longitude"]) and row["place_kind"] != "remote"
    at = point(row["latitude"], row["longitude"]) if known else None
    return {
        "title_t": index_text(row["title"]),
        "body_t": index_text(_body(row)),
        "tags": tags.of_mission(row, row["association"]),
        "place_kind": row["place_kind"],
        "latitude": row["latitude"] if at else None,
        "longitude": row["longitude"] if at else None,
        "x": at.x if at else None,
        "y": at.y if at else None,
        "z": at.z if at else None,
    }


async def _write(rows: Sequence[dict[str, Any]], *, learn: bool = True) -> None:
    """Write missions' texts as they were read, save where somebody has written a newer one."""
    values = [(row["row_id"], row["edition"], *entry(row).values()) for row in rows]
    line = "(" + ", ".join(f"CAST({{}} AS {kind})" for kind in WRITTEN.values()) + ")"
    names, newer = list(WRITTEN), "<" if learn else "<="  # of two who write the same, one learns its words
    written = await db.fetch(
        f"""WITH fresh ({", ".join(names)}) AS (VALUES {", ".join([line] * len(values))})
        UPDATE mission_search SET {", ".join(f"{name} = fresh.{name}" for name in names[1:])} FROM fresh
        WHERE mission_search.id = fresh.row_id
            AND mission_search.indexed_edition {newer} fresh.indexed_edition
        RETURNING id""",  # noqa: S608 - our own names
        *(value for one in values for value in one),
    )
    ours = {row["id"] for row in written}
    for row in [row for row in rows if row["row_id"] in ours] if learn else []:
        first = row["indexed_edition"] == 0  # later editions add their new words, and count nothing twice
        await _learn(sorted(set(_words(row))), 1 if first else 0)


async def _recount(mission_ids: Sequence[int], now: datetime) -> None:
    await MissionSearch.update({MissionSearch.counted_at: now}).where(
        MissionSearch.mission.is_in(list(mission_ids))
    )


def _body(row: dict[str, Any]) -> str:
    skills = (SKILLS.get(key, "") for key in (*row["skills_needed"], *row["skills_wished"]))
    return "\n".join((*row["tasks"], *skills, row["presentation"][:PRESENTATION_LENGTH]))


def _words(row: dict[str, Any]) -> set[tuple[str, str]]:
    """(folded, shown): each word once."""
    found = {folded: shown for shown, folded in words_of(f"{row['title']}\n{_body(row)}")}
    return {(word, shown) for word, shown in found.items() if len(word) >= SHORTEST_WORD and word.isalpha()}


async def _learn(words: Sequence[tuple[str, str]], uses: int) -> None:
    """Add to the words to suggest; always in one order, so that no two of these wait for each other."""
    for start in range(0, len(words), BATCH):
        part = words[start : start + BATCH]
        values = ", ".join(["({}, {}, {}, {}, 1)"] * len(part))
        flat = [value for word, shown in part for value in (word, shown, word[0], len(word))]
        await db.fetch(
            f"""INSERT INTO search_word (word, shown, letter, length, uses) VALUES {values}
            ON CONFLICT (word) DO UPDATE SET uses = search_word.uses + {{}}""",  # noqa: S608 - only braces
            *flat,
            uses,
        )


async def _replace_words(words: Counter[tuple[str, str]]) -> None:
    best: dict[str, tuple[int, str]] = {}
    for (word, shown), uses in words.items():
        # Of two spellings the commoner is suggested; its count is all of theirs.
        before = best.get(word, (0, shown))
        best[word] = (before[0] + uses, shown if uses > words[word, before[1]] else before[1])
    rows = [
        SearchWord(word=word, shown=shown, letter=word[0], length=len(word), uses=uses)
        for word, (uses, shown) in sorted(best.items())
    ]
    async with db.transaction():
        await SearchWord.delete(force=True)
        for start in range(0, len(rows), BATCH):
            await SearchWord.insert(*rows[start : start + BATCH])
