"""Who takes over the missions of a member who leaves: rules without data or clock."""

from collections.abc import Mapping, Sequence

from marketplace.missions.tables import Mission

CHOSEN_ONE_BY_ONE = 50  # beyond this, one member takes them all: the page would be endless
NOTE_AT_MOST = 2_000


def pairs(values: Sequence[str]) -> dict[str, str]:
    """What « mission.member » answers say: the member chosen for each mission, by public ids."""
    split = (value.partition(".") for value in values)
    return {mission: member for mission, _dot, member in split if member}


def shared_out(
    missions: Sequence[Mission], for_all: str, exceptions: Mapping[str, str]
) -> dict[str, str] | None:
    """The member who takes over each mission, by public ids; None when one has nobody."""
    chosen = {mission.public_id: exceptions.get(mission.public_id, for_all) for mission in missions}
    return chosen if all(chosen.values()) else None
