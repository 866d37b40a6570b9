"""The corpus, written and indexed once for the tests that only read it."""

from dataclasses import dataclass

import pytest

from marketplace.discovery import actions
from tests import make
from tests.databases import clean
from tests.discovery import corpus, reference


@dataclass
class Written:
    """The corpus in the database, and what the reference knows of it."""

    corpus: corpus.Corpus
    entries: list[reference.Entry]


@pytest.fixture(scope="module")
async def written(migrated: None) -> Written:
    """Three hundred missions; no test may change them, none in the same module may ask for `database`."""
    await clean()
    made = await corpus.build()
    await actions.sweep(make.NOW)
    return Written(made, await reference.entries(made.missions))
