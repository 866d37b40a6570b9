"""The figures of an association or a mission in words: charts, and the tables behind them."""

from collections.abc import Sequence

from marketplace.impact.charts import Bar, bars
from marketplace.impact.figure_queries import Figures
from marketplace.impact.labels import GROUPS, SPANS, UNANSWERED
from marketplace.impact.public_lines import number, places_words
from marketplace.missions.queries import ShownMission
from marketplace.text import _
from marketplace.web.urls import path_for

Rows = Sequence[tuple[str, int]]


def by_group(figures: Figures) -> Rows:
    """Applications by where they stand."""
    return [(_(GROUPS[group]), count) for group, count in figures.groups.items()]


def by_days(figures: Figures) -> Rows:
    """Applications by how long their answer took; those left without one last."""
    spans = [
        (_(label), sum(count for days, count in figures.answers.items() if first <= days <= last))
        for first, last, label in SPANS
    ]
    return [*spans, (_(UNANSWERED), figures.unanswered)]


def chart(rows: Rows) -> list[Bar]:
    """A bar for each."""
    return bars([(label, number(count), (count,)) for label, count in rows])


def table(rows: Rows) -> list[list[str]]:
    """The same as cells."""
    return [[label, number(count)] for label, count in rows]


def places_chart(missions: Sequence[ShownMission]) -> list[Bar]:
    """Places taken, then free; each mission's name leads to its own figures."""
    return bars(
        [
            (
                one.mission.title,
                places_words(one.places_taken, one.places),
                (one.places_taken, one.places - one.places_taken),
            )
            for one in missions
        ],
        [path_for("impact.mission", mission=one.mission.public_id) for one in missions],
    )


def places_table(missions: Sequence[ShownMission]) -> list[list[str]]:
    """The same as cells."""
    return [
        [
            one.mission.title,
            number(one.places_taken),
            number(one.places - one.places_taken),
            number(one.places),
        ]
        for one in missions
    ]
