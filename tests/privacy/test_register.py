"""Every column of every table is in the register of personal data, once."""

from collections import Counter

import pytest

from marketplace.piccolo_app import APP_CONFIG
from marketplace.privacy.register import REGISTER


def columns_by_table() -> dict[str, set[str]]:
    return {
        table._meta.tablename: {column._meta.name for column in table._meta.columns}
        for table in APP_CONFIG.table_classes
    }


def test_every_table_is_in_the_register() -> None:
    assert set(REGISTER) == set(columns_by_table())


@pytest.mark.parametrize("table", sorted(columns_by_table()))
def test_every_column_has_one_line(table: str) -> None:
    written = Counter(column for kept in REGISTER[table] for column in kept.columns)

    assert set(written) == columns_by_table()[table]
    assert max(written.values()) == 1
