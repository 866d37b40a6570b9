"""What may have to be done before taking part: key to French label."""

from marketplace.text import N_

PREREQUISITES: dict[str, str] = {
    "association_training": N_("Formation de l’association"),
    "interview": N_("Entretien préalable"),
    "shadowing": N_("Première fois en observation"),
    "first_aid": N_("PSC1"),
    "driving_licence": N_("Permis B"),
    "prison_visitor_approval": N_("Agrément de visiteur de prison"),
    "site_access": N_("Autorisation d’accès à l’établissement"),
    "honorability": N_("Attestation d’honorabilité (protection de l’enfance et petite enfance seulement)"),
}

PRISON_VISITOR = "prison_visitor_approval"  # takes months: one may meet later
HONORABILITY = "honorability"  # the law provides it for child protection and early childhood only
