"""The words of addresses: a label of a vocabulary without accents, « personnes-agees », and the way back."""

from collections.abc import Mapping

from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.names import fold


def slugs(labels: Mapping[str, str]) -> dict[str, str]:
    """Key to slug, of the French labels: an address is the same in every language.

    Raises:
        ValueError: two labels make one slug.
    """
    made = {key: fold(label).replace(" ", "-") for key, label in labels.items()}
    if len(set(made.values())) < len(made):
        raise ValueError("Two labels make one address.")
    return made


DOMAIN_SLUGS = slugs(DOMAINS)
DOMAIN_OF = {slug: key for key, slug in DOMAIN_SLUGS.items()}
AUDIENCE_SLUGS = slugs(AUDIENCES)
AUDIENCE_OF = {slug: key for key, slug in AUDIENCE_SLUGS.items()}
