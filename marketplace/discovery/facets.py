"""How many missions each value of each filter would leave."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from marketplace.discovery.candidates import Candidates, newest
from marketplace.discovery.searches import Search
from marketplace.discovery.starts import Starts
from marketplace.discovery.tags import FLAGS, LISTS, YES, asked, facets_of

SAMPLE = 200  # of the newest, where a filter is put aside: each needs a reading of its own


@dataclass(slots=True)
class Facets:
    """Counts by filter and value, and whether some are only those of the newest missions."""

    counts: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    approximate: bool = False


async def put_aside(
    search: Search, now: datetime, known: Starts, shown: Collection[str] = LISTS
) -> dict[str, Candidates]:
    """For each filter with values, the newest of what there would be without it: other values add to it.

    `shown`: the filters whose values people see with a count; the others need no reading.
    """
    return {
        name: await newest(search, now, SAMPLE, without=name, known=known)
        for name in asked(search)
        if name in LISTS and name in shown
    }


def count(some: Candidates, aside: Mapping[str, Candidates], *, approximate: bool = False) -> Facets:
    """Facets of a search; `some`: all that answers it or, `approximate`, the newest."""
    facets = Facets(approximate=approximate)
    _tell(facets, some.tags, [*LISTS, *FLAGS])
    for name, found in aside.items():
        facets.approximate |= len(found.ids) >= SAMPLE
        _tell(facets, found.tags, [name])
    return facets


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
