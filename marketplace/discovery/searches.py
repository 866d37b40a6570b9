"""What can be asked of the search, and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from marketplace.missions.queries import MissionCard

Order = Literal["relevance", "nearest", "newest", "soonest", "fewest"]
ORDERS: tuple[Order, ...] = ("relevance", "nearest", "newest", "soonest", "fewest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Everything is optional. Several values of one filter mean « or », two filters mean « and ».

    A place without dates always counts as inside the window; remote missions are always shown unless
    `place_kinds` is on site only. `nearest` without a place, `relevance` without words: newest first.
    """

    words: str = ""
    latitude: float | None = None  # WGS 84 degrees
    longitude: float | None = None
    radius_km: int = 30  # cut to 5–200
    place_kinds: frozenset[str] = frozenset()  # "remote", "on_site"; none or both: no filter
    audiences: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    rhythms: tuple[str, ...] = ()
    day_parts: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    starts: date | None = None  # both included, in Paris
    ends: date | None = None
    minors: bool = False  # only what is open to 16–17 year-olds
    wheelchair: bool = False
    public_transport: bool = False
    instant: bool = False
    association: str = ""  # a public id
    with_full: bool = False  # complete ones too
    order: Order = "relevance"
    cursor: str = ""  # a stale or foreign one shows the first page


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why a result is there.

    `skill` and `audience`: a key of the vocabulary that was asked for; `distance`: whole kilometres;
    `words`: the words of the search that stand in its title, or all of them when its text has them.
    """

    kind: Literal["skill", "audience", "distance", "words"]
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """A mission that answers a search."""

    card: MissionCard
    why: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of answers.

    `facets`: for audiences, skills, domains, activities, rhythms, day_parts, departments and place_kinds,
    what each value would leave, the others of its own filter put aside, most first; for minors, wheelchair,
    public_transport and instant one ("yes", count). `suggestion`: words to try instead, or ''.
    """

    cards: Sequence[Found]
    total: int  # at most TOTAL_CAP
    total_is_capped: bool  # there are more than `total`
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    facets_approximate: bool = False
    next_cursor: str = ""
    previous_cursor: str = ""
    suggestion: str = ""
