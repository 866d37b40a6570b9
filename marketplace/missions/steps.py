"""The nine short pages a mission is written in, in order: key in the URL to title."""

from marketplace.text import N_

STEPS: dict[str, str] = {
    "domaine": N_("À quoi sert la mission"),
    "presentation": N_("Ce qu’on y fait"),
    "publics": N_("Pour qui, avec quelles compétences"),
    "lieu": N_("Où"),
    "dates": N_("Quand"),
    "places": N_("Combien de places"),
    "cadre": N_("Le contact avec les personnes aidées"),
    "conditions": N_("Avant de commencer, et qui encadre"),
    "accueil": N_("L’accueil sur place"),
}


def number(step: str) -> int:
    """Its rank, from 1."""
    return list(STEPS).index(step) + 1


def following(step: str) -> str:
    """The step after this one; '' after the last."""
    keys = [*STEPS, ""]
    return keys[keys.index(step) + 1]
