"""Who holds parental authority over a minor: key to French label."""

from marketplace.text import N_

RELATIONSHIPS: dict[str, str] = {
    "parent": N_("Parent"),
    "guardian": N_("Tuteur ou tutrice"),
    "delegate": N_("Délégataire de l’autorité parentale"),
    "care_service": N_("Service gardien (ASE)"),
}
