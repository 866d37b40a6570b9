"""What an author should read again in a mission's words: a warning, never a refusal."""

import re
from collections.abc import Iterator

from marketplace.missions.tables import Mission
from marketplace.text import N_, _

# Each is looked for in all the words of a mission, whatever the case.
SIGNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}", re.I),
        N_("Le texte contient une adresse e-mail : les échanges passent par le site."),
    ),
    (
        re.compile(r"(?<!\d)(?:\+33|0033|0)[ .\-]?[1-9](?:[ .\-]?\d{2}){4}(?!\d)"),
        N_("Le texte contient un numéro de téléphone : il sera lu par tout le monde."),
    ),
    (
        re.compile(r"https?://|\bwww\.|(?<![@\w.-])[\w.-]{2,}\.(?:fr|com|org|net|eu|asso)\b", re.I),
        N_("Le texte contient un lien : il ne sera pas cliquable."),
    ),
    (
        re.compile(r"\b[ée]crous?\b", re.I),
        N_("Le texte parle d’écrou : n’écrivez jamais le numéro ni la situation pénale d’une personne."),
    ),
    (
        re.compile(
            r"\b(?:condamn[ée]e?s?|d[ée]lits?|crimes?|vols?|viols?|meurtres?|agressions?|violente?s?|"
            r"trafics?|r[ée]cidiv\w*|casiers?)\b",
            re.I,
        ),
        N_("Le texte parle d’infractions : parlez de la mission, pas du passé des personnes aidées."),
    ),
    (
        re.compile(
            r"\b(?:addict\w*|drogues?|alcool\w*|toxicoman\w*|psychiatr\w*|d[ée]pressi\w*|schizophr\w*|"
            r"s[ée]ropositi\w*|vih|cancers?|handicap[ée]e?s?|troubles? (?:mentaux|psych\w*))\b",
            re.I,
        ),
        N_("Le texte parle de santé : n’écrivez rien de la santé des personnes aidées."),
    ),
    (
        re.compile(r"\bTIG\b|travail d[’']int[ée]r[êe]t g[ée]n[ée]ral|peines? alternatives?", re.I),
        N_(
            "Une peine n’est pas du bénévolat : une mission qui sert à exécuter un travail d’intérêt général "
            "sera refusée."
        ),
    ),
)
_CONTACTS = [sign for sign, message in SIGNS[:3]]  # an e-mail address, a telephone number, a link


def holds_contacts(text: str) -> bool:
    """Whether a text has an e-mail address, a telephone number or a link: a way round the site's messages."""
    return any(sign.search(text) for sign in _CONTACTS)


def warnings(mission: Mission) -> list[str]:
    """What to read again in the texts: shown to the author before sending, and to moderators."""
    words = "\n".join(_texts(mission))
    return [_(message) for sign, message in SIGNS if sign.search(words)]


def _texts(mission: Mission) -> Iterator[str]:
    yield from (mission.title, mission.presentation, *mission.tasks, mission.details, mission.training)
    yield mission.undertaking
