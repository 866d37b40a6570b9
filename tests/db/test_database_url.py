"""Which databases the setting may name."""

import pytest

from marketplace import db
from marketplace.db.sqlite import Sqlite


@pytest.mark.parametrize(
    ("url", "path"), [("sqlite:///file.db", "file.db"), ("sqlite:////var/lib/file.db", "/var/lib/file.db")]
)
def test_a_file_is_relative_or_absolute(url: str, path: str) -> None:
    engine = db.open_engine(url)

    assert isinstance(engine, Sqlite)
    assert engine.path == path


def test_a_postgresql_server_need_not_answer_when_the_site_is_imported() -> None:
    assert db.open_engine("postgresql://user:pw@host.invalid:5432/name").name == "postgres"


@pytest.mark.parametrize(
    "url", ["mysql://h/n", "sqlite://", "sqlite:///", "sqlite://file.db", "", "postgresql://"]
)
def test_another_kind_of_database_is_refused_with_the_name_of_the_setting(url: str) -> None:
    with pytest.raises(ValueError, match="MARKETPLACE_DATABASE_URL"):
        db.open_engine(url)
