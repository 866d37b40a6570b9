"""How many missions each value of each filter would leave."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from marketplace import db
from marketplace.discovery import statements
from marketplace.discovery.searches import Search
from marketplace.discovery.statements import Sql
from marketplace.discovery.tags import FLAGS, LISTS, YES, asked, facets_of

SAMPLE = 1000  # counted over the newest, when there are more: five times as many cost seven times as much


@dataclass(slots=True)
class Facets:
    """Counts by filter and value, and whether some are only those of the newest missions."""

    counts: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    approximate: bool = False


async def count(search: Search, now: datetime, known: Sequence[str] | None) -> Facets:
    """Facets of a search; `known`: the tags of everything that answers it, where they were read already."""
    facets = Facets()
    tags = " ".join(known) if known is not None else await _sample(search, now, "", facets)
    _tell(facets, tags, [*LISTS, *FLAGS])
    for name in asked(search):
        if name in LISTS:  # another value of this filter adds to it: count as if it were not there
            _tell(facets, await _sample(search, now, name, facets), [name])
    return facets


async def _sample(search: Search, now: datetime, without: str, facets: Facets) -> str:
    """The tags of the newest missions, in one text: five thousand rows would cost more to hand over."""
    join = "string_agg" if db.is_postgres() else "group_concat"
    newest = statements.newest_key(search, without=without)
    (found,) = await statements.rows(
        Sql(f"SELECT count(*) AS missions, {join}(tags, ' ') AS tags FROM (SELECT r.tags")  # noqa: S608 - our own words
        + statements.answering(search, now, without=without)
        + Sql(f"ORDER BY {newest} DESC LIMIT {{}}) AS newest", (SAMPLE,))
    )
    facets.approximate |= found["missions"] >= SAMPLE
    return found["tags"] or ""


def _tell(facets: Facets, tags: str, names: Sequence[str]) -> None:
    tokens = Counter(tags.split())
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for token, missions in tokens.items():
        for name, value in facets_of([token]):
            if name in counts:
                counts[name][value] += missions
    for name, values in counts.items():
        most_first = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
        facets.counts[name] = most_first or ([(YES, 0)] if name in FLAGS else [])
