"""What closes a mission to minors: key to French label, and the question the form asks."""

from marketplace.text import N_

EXPOSURES: dict[str, str] = {
    "closed_setting": N_("Milieu fermé (prison, centre éducatif fermé, centre de rétention)"),
    "one_to_one": N_("Tête-à-tête avec une personne sous main de justice ou tout juste sortie"),
    "violence": N_("Violence connue ou radicalisation"),
    "addictions": N_("Addictions, réduction des risques"),
    "street_night": N_("Maraude, nuit, tournée seul"),
    "home_visit": N_("Visite à domicile ou travail isolé"),
    "transport": N_("Transport de personnes aidées ou par elles"),
    "overnight": N_("Nuit sur place"),
    "listening": N_("Écoute de crise"),
    "files": N_("Dossiers sociaux, pénaux ou de santé"),
    "valuables": N_("Argent, clés, médicaments, alcool"),
    "restorative": N_("Rencontre de justice restaurative"),
    "hazards": N_("Machines, hauteur, produits chimiques"),
    "children_in_care": N_("Enfants confiés"),
}

EXPOSURE_QUESTIONS: dict[str, str] = {
    "closed_setting": N_(
        "La mission se passe-t-elle dans un lieu fermé : prison, centre éducatif fermé, centre de rétention ?"
    ),
    "one_to_one": N_(
        "Le bénévole est-il seul à seul avec une personne sous main de justice ou tout juste sortie ?"
    ),
    "violence": N_(
        "Le bénévole rencontre-t-il des personnes connues pour des violences ou une radicalisation ?"
    ),
    "addictions": N_("La mission touche-t-elle aux addictions ou à la réduction des risques ?"),
    "street_night": N_("La mission est-elle une maraude, un travail de nuit ou une tournée seul ?"),
    "home_visit": N_("Le bénévole va-t-il chez les personnes, ou travaille-t-il isolé ?"),
    "transport": N_("Le bénévole transporte-t-il les personnes aidées, ou est-il transporté par elles ?"),
    "overnight": N_("Le bénévole passe-t-il une nuit sur place ?"),
    "listening": N_("Le bénévole écoute-t-il des personnes en crise, sur place ou au téléphone ?"),
    "files": N_("Le bénévole voit-il des dossiers sociaux, pénaux ou de santé ?"),
    "valuables": N_("Le bénévole a-t-il la garde d’argent, de clés, de médicaments ou d’alcool ?"),
    "restorative": N_("La mission comprend-elle une rencontre de justice restaurative ?"),
    "hazards": N_(
        "Le bénévole utilise-t-il des machines ou des produits chimiques, ou travaille-t-il en hauteur ?"
    ),
    "children_in_care": N_(
        "La mission concerne-t-elle des enfants confiés à un service ou à une famille d’accueil ?"
    ),
}
