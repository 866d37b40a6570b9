"""What tests of the pages that gather features may ask for."""

import pytest

from marketplace.associations.tables import Association
from marketplace.vocabulary.actions import store_communes
from marketplace.vocabulary.communes import read_communes
from tests import make

COMMUNES = {"35238", "35288", "93066", "97411", "11339"}  # Rennes, Saint-Malo, two of the Saint-Denis
KNOWN = [commune for commune in read_communes() if commune.code in COMMUNES]


@pytest.fixture
async def association(database: None) -> Association:
    return await make.association()


@pytest.fixture
async def communes(database: None) -> None:
    """A few communes; maybe all the others too."""
    await store_communes(KNOWN)
