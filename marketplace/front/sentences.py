"""A sentence of ours for each domain and each audience: what one does there, in plain and dignified words."""

from marketplace.text import N_

DOMAIN_SENTENCES: dict[str, str] = {
    "culture": N_(
        "Un concert, un atelier, une visite\u00a0: la culture se partage mieux quand quelqu’un "
        "ouvre la porte."
    ),
    "skills_volunteering": N_(
        "Votre métier ou votre savoir-faire, quelques heures, au service d’une équipe qui en a besoin."
    ),
    "international": N_(
        "Traduire, transmettre, relier\u00a0: on agit avec d’autres pays sans toujours quitter le sien."
    ),
    "education": N_(
        "Lire, compter, apprendre le français ou un métier\u00a0: apprendre va plus loin à deux."
    ),
    "memory_citizenship": N_(
        "Comprendre hier, prendre part aujourd’hui\u00a0: des missions pour tenir sa place de citoyen."
    ),
    "prevention": N_("Informer, secourir, prévenir\u00a0: de petits gestes, avant qu’il ne soit trop tard."),
    "nature": N_("Planter, nettoyer, réparer\u00a0: prendre soin d’un lieu, ensemble et dehors."),
    "health": N_("Une présence, une écoute, une information claire, à côté des soignants."),
    "solidarity": N_(
        "Un repas, une démarche, une conversation\u00a0: de quoi reprendre pied, avec d’autres."
    ),
    "sport": N_("Jouer, encadrer, accompagner\u00a0: le sport donne des forces et des amis."),
}
AUDIENCE_SENTENCES: dict[str, str] = {
    "excluded": N_(
        "On peut perdre un toit, un travail, des proches. On peut aussi retrouver une place, et "
        "vous pouvez y aider."
    ),
    "in_difficulty": N_(
        "Une période difficile n’est pas toute une vie. Un coup de main au bon moment change la suite."
    ),
    "prison_leavers": N_(
        "Une peine se termine. Il faut alors un logement, un travail, et des gens à qui parler."
    ),
    "under_justice": N_(
        "Une décision de justice ne dit pas tout d’une personne. Ces missions aident à préparer la suite."
    ),
    "detained": N_("Un cours, un livre, une visite\u00a0: garder un lien avec le dehors aide à y revenir."),
    "families_of_detained": N_(
        "Une peine touche aussi ceux qui attendent dehors. Les accueillir, c’est déjà les soulager."
    ),
    "homeless": N_(
        "Un café, un repas, une adresse\u00a0: être attendu quelque part compte autant que le reste."
    ),
    "addiction": N_("On s’en sort rarement seul. Une présence sans jugement aide à tenir."),
    "victims": N_(
        "Être cru, être en sécurité, reprendre la main\u00a0: des associations formées vous "
        "montrent comment aider."
    ),
    "leaving_care": N_("À 18 ans, on a encore besoin d’un adulte à appeler. Vous pouvez être celui-là."),
    "exiles": N_(
        "Une langue, des papiers, un quartier\u00a0: arriver prend du temps, et va plus vite "
        "avec quelqu’un d’ici."
    ),
    "seniors": N_("Une visite, une course, une partie de cartes\u00a0: vieillir chez soi, sans être seul."),
    "disability": N_("Sortir, jouer, travailler, décider\u00a0: souvent, il ne manque qu’un coup de main."),
    "sick": N_("La maladie isole. Une heure de compagnie, un trajet, un sourire l’allègent."),
    "parents": N_("Souffler une heure, parler à d’autres parents, trouver la bonne porte."),
    "youth": N_("Un devoir, un match, un projet\u00a0: grandir avec des adultes sur qui compter."),
    "everyone": N_("Des missions où tout le monde se mélange, sans condition."),
}
