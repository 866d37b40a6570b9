"""What a mission is for: key to French label; each domain's drawing bears its key."""

from marketplace.text import N_

DOMAINS: dict[str, str] = {
    "culture": N_("Art et culture pour tous"),
    "skills_volunteering": N_("Bénévolat de compétences"),
    "international": N_("Coopération internationale"),
    "education": N_("Éducation pour tous"),
    "memory_citizenship": N_("Mémoire et citoyenneté"),
    "prevention": N_("Prévention et protection"),
    "nature": N_("Protection de la nature"),
    "health": N_("Santé pour tous"),
    "solidarity": N_("Solidarité et insertion"),
    "sport": N_("Sport pour tous"),
}
