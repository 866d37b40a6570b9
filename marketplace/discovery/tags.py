"""What filters look at: one token per value, in the same inverted index as the words.

A tag starts with « _ », which no word does: nobody can type one.
"""

import re
from collections.abc import Iterable, Mapping

from marketplace.discovery.searches import Search

# filter of Search -> (its mark, what a mission says of it)
LISTS: dict[str, str] = {
    "audiences": "_aud_",
    "skills": "_skl_",
    "domains": "_dom_",
    "activities": "_act_",
    "rhythms": "_rhy_",
    "day_parts": "_par_",
    "departments": "_dep_",
    "place_kinds": "_at_",
}
FLAGS: dict[str, str] = {
    "minors": "_is_minors",
    "wheelchair": "_is_wheelchair",
    "public_transport": "_is_transport",
    "instant": "_is_instant",
}
ASSOCIATION = "_asso_"
YES = "yes"
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9_]")


def tag(mark: str, key: str) -> str:
    """The token of a key; of what is no key, one that no mission has."""
    return mark + _NOT_IN_A_KEY.sub("", key.lower()[:40])


def facets_of(tags: Iterable[str]) -> Iterable[tuple[str, str]]:
    """(filter, value) of each tag that a filter counts."""
    for one in tags:
        if known := _FACET_OF_FLAG.get(one):
            yield known, YES
        elif filter_name := _FILTER_OF_MARK.get(one[: one.find("_", 1) + 1]):
            key = one[one.find("_", 1) + 1 :]
            yield filter_name, key.upper() if filter_name == "departments" else key


def asked(search: Search) -> dict[str, tuple[str, ...]]:
    """The tags a search wants: one of each filter's. A filter of no effect is not there."""
    wanted = {
        name: tuple(tag(mark, key) for key in sorted(getattr(search, name)))
        for name, mark in LISTS.items()
        if getattr(search, name)
    }
    if len(wanted.get("place_kinds", ())) > 1:
        del wanted["place_kinds"]
    wanted |= {name: (mark,) for name, mark in FLAGS.items() if getattr(search, name)}
    if search.association:
        wanted["association"] = (tag(ASSOCIATION, search.association),)
    return wanted


def of_mission(mission: Mapping[str, object], association: str) -> str:
    """A mission's tags, from its row and its association's public id."""
    lists = {
        "audiences": mission["audiences"],
        "skills": [*_keys(mission["skills_needed"]), *_keys(mission["skills_wished"])],
        "domains": [mission["domain"]],
        "activities": mission["activities"],
        "rhythms": [mission["rhythm"]],
        "day_parts": mission["day_parts"],
        "departments": [] if mission["place_kind"] == "remote" else [mission["department"]],
        "place_kinds": {"either": ["remote", "on_site"]}.get(
            str(mission["place_kind"]), [mission["place_kind"]]
        ),
    }
    flags = {
        "minors": mission["minors"] == "open",
        "wheelchair": mission["wheelchair"],
        "public_transport": mission["public_transport"],
        "instant": mission["admission"] == "instant",
    }
    found = [tag(LISTS[name], str(key)) for name, keys in lists.items() for key in _keys(keys) if key]
    found += [FLAGS[name] for name, true in flags.items() if true]
    return " ".join(dict.fromkeys([*found, tag(ASSOCIATION, association)]))


def _keys(value: object) -> list[str]:
    return [str(key) for key in value] if isinstance(value, list | tuple) else []


_FACET_OF_FLAG = {mark: name for name, mark in FLAGS.items()}
_FILTER_OF_MARK = {mark: name for name, mark in LISTS.items()}
