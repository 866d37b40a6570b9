"""The confidentiality text we offer authors; they may change every word."""

from marketplace.text import N_

UNDERTAKING_AT_MOST = 5_000

DEFAULT_UNDERTAKING = N_(
    "Ce que j’apprends des personnes aidées pendant cette mission reste entre nous.\n\n"
    "Je ne raconte à personne leur nom, leur histoire, leur santé ni leur situation. "
    "Je ne prends ni photo ni note sur elles, et je ne garde rien chez moi.\n\n"
    "Je ne parle d’elles qu’avec les personnes de l’association qui en ont besoin pour les aider.\n\n"
    "Si quelqu’un me semble en danger, je le dis tout de suite à la personne qui encadre la mission ; "
    "en cas d’urgence, j’appelle le 15, le 17, le 18 ou le 119. Cela ne trahit pas cet engagement.\n\n"
    "Il vaut aussi après la fin de la mission."
)
