"""The people a mission helps: key to French label."""

from marketplace.text import N_

AUDIENCES: dict[str, str] = {
    "excluded": N_("Personnes en situation d’exclusion"),
    "in_difficulty": N_("Personnes en difficulté"),
    "prison_leavers": N_("Personnes sortant de prison"),
    "under_justice": N_("Personnes placées sous main de justice"),
    "detained": N_("Personnes détenues"),
    "families_of_detained": N_("Proches de personnes détenues"),
    "homeless": N_("Personnes sans domicile"),
    "addiction": N_("Personnes en situation d’addiction"),
    "victims": N_("Personnes victimes de violences"),
    "leaving_care": N_("Jeunes sortant de l’aide sociale à l’enfance"),
    "exiles": N_("Nouveaux arrivants et personnes réfugiées"),
    "seniors": N_("Personnes âgées"),
    "disability": N_("Personnes en situation de handicap"),
    "sick": N_("Personnes malades"),
    "parents": N_("Parents"),
    "youth": N_("Jeunes et enfants"),
    "everyone": N_("Tous publics"),
}
