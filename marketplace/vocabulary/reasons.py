"""Why an application, a mission or a place ends, as people choose it from a list: key to French label."""

from marketplace.text import N_

DECLINE_REASONS: dict[str, str] = {
    "needs_changed": N_("Les besoins de la mission ont changé"),
    "profile": N_("Le profil ne correspond pas aux besoins"),
    "full": N_("La mission est complète"),
    "over": N_("La mission est terminée"),
    "no_reply": N_("Pas de réponse à nos messages"),
    "other": N_("Autre"),
}

WITHDRAW_REASONS: dict[str, str] = {
    "no_answer": N_("L’association ne répond pas"),
    "not_as_expected": N_("La mission ne correspond pas à mes attentes"),
    "unavailable": N_("Je ne suis plus disponible"),
    "other": N_("Autre"),
}

MODERATION_REASONS: dict[str, str] = {
    "thin": N_("Contenu insuffisant"),
    "dates": N_("Dates incompatibles"),
    "charter": N_("Non conforme à la charte"),
    "duplicate": N_("Déjà publiée"),
    "exposure": N_("Exposition non déclarée"),
    "personal_data": N_("Donnée personnelle dans le texte"),
    "paid_work": N_("Remplace un emploi"),
    "donation": N_("Appel aux dons déguisé"),
    "sentence": N_("Peine et non bénévolat"),
    "other": N_("Autre"),
}

REPORT_REASONS: dict[str, str] = {
    "misleading": N_("Mission trompeuse ou frauduleuse"),
    "danger": N_("Danger pour les personnes"),
    "stigmatising": N_("Contenu stigmatisant"),
    "personal_data": N_("Donnée personnelle"),
    "other": N_("Autre"),
}
