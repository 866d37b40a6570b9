"""The three questions of « Je ne sais pas », and the search that their answers make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from marketplace.front import criteria
from marketplace.text import N_

Asked = dict[str, str]  # answers by question, and `ou`: the commune as typed

WHERE, TIME, WHO = "lieu", "temps", "avec"
NEAR = "pres-de-chez-moi"
ANY = "peu-importe"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one may say, and what it asks of a search: names and values of its address."""

    label: str
    search: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One page."""

    legend: str
    answers: Mapping[str, Answer]


QUESTIONS: dict[str, Question] = {
    WHERE: Question(
        N_("Où voulez-vous aider\u00a0?"),
        {
            NEAR: Answer(N_("Près de chez moi")),
            "de-chez-moi": Answer(N_("De chez moi, à distance"), {"lieu": (criteria.REMOTE,)}),
            ANY: Answer(N_("Je n’ai pas de préférence")),
        },
    ),
    TIME: Question(
        N_("Combien de temps avez-vous\u00a0?"),
        {
            "quelques-heures": Answer(N_("Quelques heures, une fois"), {"rythme": ("few_hours",)}),
            "quelques-jours": Answer(N_("Quelques jours, une fois"), {"rythme": ("few_days",)}),
            "chaque-semaine": Answer(
                N_("Un peu chaque semaine"), {"rythme": ("few_hours_week", "few_days_week")}
            ),
            "chaque-mois": Answer(
                N_("Un peu chaque mois"), {"rythme": ("few_hours_month", "few_days_month")}
            ),
            ANY: Answer(N_("Je ne sais pas encore")),
        },
    ),
    WHO: Question(
        N_("Avec qui aimeriez-vous être\u00a0?"),
        {
            "personnes-agees": Answer(
                N_("Des personnes âgées, malades ou en situation de handicap"),
                {"public": ("seniors", "disability", "sick")},
            ),
            "jeunes": Answer(
                N_("Des enfants, des jeunes, des parents"), {"public": ("leaving_care", "parents", "youth")}
            ),
            "rue": Answer(
                N_("Des personnes sans domicile ou en difficulté"),
                {"public": ("excluded", "in_difficulty", "homeless", "addiction")},
            ),
            "justice": Answer(
                N_("Des personnes qui sortent de prison, et leurs proches"),
                {"public": ("prison_leavers", "under_justice", "detained", "families_of_detained")},
            ),
            "arrivants": Answer(N_("Des personnes qui arrivent en France"), {"public": ("exiles",)}),
            "violences": Answer(N_("Des personnes victimes de violences"), {"public": ("victims",)}),
            "coulisses": Answer(
                N_("Plutôt en coulisses, avec l’équipe de l’association"),
                {
                    "activite": (
                        "goods_collection", "communication", "events", "administration", "project",
                        "human_resources", "accounting", "governance", "computing", "logistics",
                        "partnerships", "fundraising", "translation",
                    )
                },
            ),
            ANY: Answer(N_("Je n’ai pas de préférence")),
        },
    ),
}  # fmt: skip


def understood(sent: Iterable[tuple[str, str]]) -> Asked:
    """The answers an address gives, whatever it holds: unknown ones are left out."""
    found: Asked = {}
    for name, value in sent:
        if name in QUESTIONS and value in QUESTIONS[name].answers:
            found[name] = value
        elif name == "ou" and (typed := criteria.one(criteria.understood([("ou", value)]), "ou")):
            found["ou"] = typed
    return found


def searched(answers: Asked) -> criteria.Asked:
    """The search that these answers make."""
    pairs = [("ou", answers["ou"])] if answers.get(WHERE) == NEAR and "ou" in answers else []
    for name, question in QUESTIONS.items():
        if chosen := question.answers.get(answers.get(name, "")):
            pairs += [(key, value) for key, values in chosen.search.items() for value in values]
    return criteria.understood(pairs)
