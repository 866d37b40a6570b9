"""What tests of what volunteers look for may ask for."""

import pytest

from marketplace.vocabulary.actions import store_communes
from marketplace.vocabulary.communes import read_communes

COMMUNES = {"35238", "93066", "97411", "11339"}  # Rennes, and three of the Saint-Denis
KNOWN = [commune for commune in read_communes() if commune.code in COMMUNES]


@pytest.fixture
async def communes(database: None) -> None:
    """A few communes; maybe all the others too."""
    await store_communes(KNOWN)
