"""The parts of the day a mission takes place in: key to French label."""

from marketplace.text import N_

DAY_PARTS: dict[str, str] = {
    "morning": N_("Matinée"),
    "midday": N_("Le midi"),
    "afternoon": N_("Après-midi"),
    "evening": N_("En soirée"),
    "night": N_("La nuit"),
    "all_day": N_("Toute la journée"),
}
