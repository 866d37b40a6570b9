"""What the factories of `make` fill in: an association, a mission, an application as people write them."""

from datetime import date
from typing import Any

COMMUNE: dict[str, Any] = {
    "commune_code": "35238",
    "commune_name": "Rennes",
    "postcode": "35000",
    "department": "35",
}

ASSOCIATION: dict[str, Any] = {
    **COMMUNE,
    "legal_kind": "association",
    "rna": "W351234567",
    "purpose": "Collecter, trier et donner des vêtements aux personnes du quartier qui en manquent.",
    "address": "4 rue des Tilleuls",
    "contact_email": "bonjour@vestiaire.example",
    "contact_phone": "02 99 00 00 00",
    "insurer": "Mutuelle des Rives",
    "insured_until": date(2028, 1, 31),
    "safeguarding_name": "Alix Moreau",
    "safeguarding_contact": "02 99 00 00 01",
    "charter_version": "1",
}

MISSION: dict[str, Any] = {
    **COMMUNE,
    "domain": "solidarity",
    "activities": ["logistics"],
    "title": "Trier et plier les vêtements reçus",
    "presentation": (
        "Chaque semaine, une petite équipe prépare les colis du vestiaire : elle trie les vêtements reçus, "
        "les plie par taille et tient à jour la liste de ce qui manque. Vous rejoignez cette équipe pendant "
        "deux heures, avec une personne qui connaît la maison. On apprend sur place, personne n’a besoin "
        "d’expérience, et la pause se passe autour d’un café."
    ),
    "tasks": ["Trier les vêtements par taille", "Tenir la liste de ce qui manque"],
    "details": "Des gants sont fournis.",
    "audiences": ["in_difficulty"],
    "place_kind": "on_site",
    "address": "4 rue des Tilleuls",
    "latitude": 48.11,
    "longitude": -1.68,
    "rhythm": "few_hours_week",
    "day_parts": ["morning"],
    "admission": "review",
    "contact_level": "none",
    "exposures": [],
    "minors": "closed",
    "supervisor_name": "Sacha Bernard",
    "supervisor_role": "Responsable du vestiaire",
    "supervisor_phone": "02 99 00 00 02",
    "public_transport": True,
}

APPLICATION: dict[str, Any] = {
    "message": "J’ai deux heures le mardi matin et j’aime le travail en équipe.",
    "tasks": ["Trier les vêtements par taille"],
}

GUARDIAN: dict[str, Any] = {
    "name": "Dominique Durand",
    "relationship": "parent",
    "phone": "06 00 00 00 00",
}
