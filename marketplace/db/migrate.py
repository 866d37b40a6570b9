"""Bring the database to the newest version of our one history of migrations."""

import sys
from contextlib import redirect_stdout
from io import StringIO
from typing import cast

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import AppConfig, MigrationModule

from marketplace import db

APP = "marketplace"


async def migrate() -> list[str]:
    """Run what has not run yet, one process at a time; the ids that ran, in order. Safe at any moment."""
    return await forwards(BaseMigrationManager().get_app_config(app_name=APP))


async def forwards(app: AppConfig) -> list[str]:
    """The same for any Piccolo app.

    Piccolo's own command writes the history row after the migration's transaction: a crash in between
    leaves tables that the next run creates again. Here both are one transaction.
    """
    modules = _modules(app)
    async with db.exclusive():
        if not await Migration.table_exists():
            await Migration.create_table()
        done = set(await Migration.get_migrations_which_ran(app_name=app.app_name))
        pending = sorted(set(modules) - done)
        for migration_id in pending:
            await _run(app, migration_id, modules[migration_id])
    return pending


async def _run(app: AppConfig, migration_id: str, module: MigrationModule) -> None:
    manager = cast(MigrationManager | None, await module.forwards())
    record = Migration(name=migration_id, app_name=app.app_name)
    if manager is not None and not manager.wrap_in_transaction:
        # It asked to be outside one (a SQLite table rebuild turns foreign keys off): must be safe to repeat.
        await _quietly(manager)
        await Migration.insert(record)
        return
    async with db.transaction():
        if manager is not None:
            manager.wrap_in_transaction = False  # ours is open
            await _quietly(manager)
        await Migration.insert(record)


async def _quietly(manager: MigrationManager) -> None:
    with redirect_stdout(StringIO()):
        await manager.run()


def _modules(app: AppConfig) -> dict[str, MigrationModule]:
    before = sys.path[:]
    try:
        return BaseMigrationManager().get_migration_modules(app.resolved_migrations_folder_path)
    finally:
        sys.path[:] = before  # Piccolo leaves the migrations' folder on it
