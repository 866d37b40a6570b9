"""The public figures in words: the same lines for the page's charts, its tables and the CSV."""

from collections.abc import Sequence
from datetime import datetime

from babel.numbers import format_decimal

from marketplace.impact.charts import Bar, bars
from marketplace.impact.policies import REMOTE, Scope, percent
from marketplace.impact.queries import Published
from marketplace.impact.tables import Statistic
from marketplace.missions import words
from marketplace.text import N_, _, language, ngettext
from marketplace.vocabulary.departments import DEPARTMENTS
from marketplace.web.clock import PARIS

SHOWN = 10  # bars of a chart; the table has every line
HIDDEN = "n. p."
COLUMNS = (
    N_("Missions en ligne"),
    N_("dont avec une place libre"),
    N_("dont ouvertes aux mineurs"),
    N_("Places"),
    N_("Places prises"),
    N_("Places libres"),
    N_("Remplissage (%)"),
    N_("Candidatures (à 5 près)"),
    N_("Réponses sous 7 jours (sur 10)"),
    N_("Jours pour répondre (médiane)"),
)
SCOPES = {Scope.ALL: N_("ensemble"), Scope.DEPARTMENT: N_("département"), Scope.AUDIENCE: N_("public aidé")}


def label(line: Statistic) -> str:
    """« Ain (01) », « À distance », « Personnes âgées », « Ensemble »."""
    if line.scope == Scope.ALL:
        return _("Ensemble")
    if line.scope == Scope.AUDIENCE:
        return "".join(words.audiences([line.key])) or str(line.key)
    if line.key == REMOTE:
        return _("À distance")
    return f"{DEPARTMENTS[line.key]} ({line.key})" if line.key in DEPARTMENTS else str(line.key)


def number(value: int) -> str:
    """« 12 345 »."""
    return format_decimal(value, locale=language())


def rate(part: int, whole: int) -> str:
    """« 45 % »; of nothing, HIDDEN."""
    share = percent(part, whole)
    return HIDDEN if share is None else _("{share} %").format(share=share)


def columns() -> list[str]:
    """The names of the figures."""
    return [_(name) for name in COLUMNS]


def cells(line: Statistic) -> list[int | None]:
    """Its figures, in the order of COLUMNS; None: not published, or a rate of nothing."""
    return [
        line.missions,
        line.missions_open,
        line.missions_minors,
        line.places,
        line.places_taken,
        line.places - line.places_taken,
        percent(line.places_taken, line.places),
        line.applications,
        line.answered_tenths,
        line.answer_days,
    ]


def table(lines: Sequence[Statistic]) -> list[list[str]]:
    """Each line's label, then its figures."""
    return [[label(line), *(HIDDEN if c is None else number(c) for c in cells(line))] for line in lines]


def places_chart(lines: Sequence[Statistic]) -> list[Bar]:
    """Places taken, then free, of the lines that have most places."""
    shown = [line for line in lines if line.places][:SHOWN]
    return bars(
        [
            (
                label(line),
                places_words(line.places_taken, line.places),
                (line.places_taken, line.places - line.places_taken),
            )
            for line in shown
        ]
    )


def places_words(taken: int, places: int) -> str:
    """« 12 places prises sur 40 »."""
    text = ngettext("{taken} place prise sur {places}", "{taken} places prises sur {places}", taken)
    return text.format(taken=number(taken), places=number(places))


def days_chart(lines: Sequence[Statistic]) -> list[Bar]:
    """The median days to an answer, where it is published, the quickest first."""
    told = sorted((line for line in lines if line.answer_days is not None), key=lambda line: line.answer_days)
    return bars([(label(line), days_words(line.answer_days), (line.answer_days,)) for line in told[:SHOWN]])


def days_words(days: int) -> str:
    """« 1 jour », « 3 jours »."""
    return ngettext("{days} jour", "{days} jours", days).format(days=days)


def spreadsheet(found: Published | None) -> list[list[object]]:
    """Every line with its heading, for the CSV."""
    head = [_("Tableau"), _("Code"), _("Libellé"), *columns(), _("Calculé le")]
    if found is None:
        return [[*head]]
    moment = _local(found.computed_at)
    lines = [found.whole, *found.departments, *found.audiences]
    return [[*head], *([*_heading(line), *_shown(line), moment] for line in lines)]


def _heading(line: Statistic) -> list[object]:
    return [_(SCOPES[Scope(line.scope)]), line.key, label(line)]


def _shown(line: Statistic) -> list[object]:
    return [HIDDEN if cell is None else cell for cell in cells(line)]


def _local(instant: datetime) -> str:
    return instant.astimezone(PARIS).strftime("%Y-%m-%d %H:%M")
