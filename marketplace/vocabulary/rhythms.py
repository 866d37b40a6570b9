"""How much time a mission asks for: key to French label."""

from marketplace.text import N_

RHYTHMS: dict[str, str] = {
    "few_hours": N_("Quelques heures"),
    "few_days": N_("Quelques jours"),
    "few_hours_week": N_("Quelques heures par semaine"),
    "few_days_week": N_("Quelques jours par semaine"),
    "few_hours_month": N_("Quelques heures par mois"),
    "few_days_month": N_("Quelques jours par mois"),
}
