"""The corpus, written and indexed once for the tests that only read it."""

from dataclasses import dataclass

import pytest

from marketplace import db
from marketplace.discovery import actions
from tests import make
from tests.conftest import _copy_template, _empty_tables
from tests.discovery import corpus, reference


@dataclass
class Written:
    """The corpus in the database, and what the reference knows of it."""

    corpus: corpus.Corpus
    entries: list[reference.Entry]


@pytest.fixture(scope="module")
async def written(migrated: None) -> Written:
    """Three hundred missions; no test may change them, none in the same module may ask for `database`."""
    if db.is_postgres():
        await _empty_tables()
    else:
        await db.stop()
        _copy_template()
    made = await corpus.build()
    await actions.sweep(make.NOW)
    return Written(made, await reference.entries(made.missions))
