"""How a place name is folded, so that what people type meets what is stored."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_SHORT = {"st": "saint", "ste": "sainte"}
_ARRONDISSEMENT = re.compile(r" \d{1,2}(?: ?(?:er|e|eme|ere))?(?: arr(?:ondissement)?)?$")


def fold(name: str) -> str:
    """Lower case, without accents; apostrophes, hyphens and the like are one space."""
    decomposed = unicodedata.normalize("NFKD", name.lower().translate(_LIGATURES))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_A_WORD.sub(" ", bare).strip()


def fold_typed(name: str) -> str:
    """As `fold`, with "St" and "Ste" written out and a trailing "11e arrondissement" left out."""
    words = " ".join(_SHORT.get(word, word) for word in fold(name).split())
    return _ARRONDISSEMENT.sub("", words)
