"""A process of a test: migrates half-way, stores rows, migrates the rest, and prints what became of them."""

import asyncio
import json
import sys

from marketplace import db
from marketplace.db import migrate
from marketplace.lifecycle import Change  # noqa: F401 - the journal's table

all_modules = migrate._modules
HALF_WAY = "2026-11-21T12:00:00:000003"


async def main() -> None:
    migrate._modules = lambda app: {k: v for k, v in all_modules(app).items() if k <= HALF_WAY}
    await migrate.migrate()
    await store()
    before = await read()
    migrate._modules = all_modules
    await migrate.migrate()
    sys.stdout.write(json.dumps({"before": before, "after": await read(), "full": await is_refused()}))
    await db.stop()


async def store() -> None:
    at = "'2026-11-21 12:00:00+00:00'"
    ids = [
        f"""INSERT INTO account (email, first_name, family_name, created_at, seen_at)
            VALUES ('a@example.org', 'Ana', 'É', {at}, {at}) RETURNING id""",
        f"INSERT INTO volunteer (account, created_at) VALUES (1, {at}) RETURNING id",
        f"""INSERT INTO association (public_id, status, name, legal_kind, rna, siret, purpose, address,
            commune_code, commune_name, postcode, department, website, contact_email, contact_phone,
            insurer, safeguarding_name, safeguarding_contact, charter_version, created_at)
            VALUES ('abc', 'verified',
            'L’Atelier', {"'', " * 16}{at}) RETURNING id""",
        f"""INSERT INTO mission (public_id, association, status, domain, activities, title, presentation,
            tasks, details, audiences, skills_needed, skills_wished, training, place_kind, address,
            commune_code, commune_name, postcode, department, timing, rhythm, day_parts, admission,
            contact_level, minors, two_adults, prerequisites, undertaking, supervisor_name, supervisor_role,
            supervisor_phone, wheelchair, public_transport, peers_welcome, created_at, updated_at,
            published_at) VALUES ('m', 1, 'published', '', LIST, 'Trier', '', LIST, '', LIST, LIST, LIST, '',
            'remote', '', '', '', '', '', 'anytime', '', LIST, 'review', 'none', 'closed', FALSE, LIST, '',
            '', '', '', FALSE, FALSE, FALSE, {at}, {at}, {at}) RETURNING id""",
        f"INSERT INTO slot (mission, places, created_at) VALUES (1, 1, {at}) RETURNING id",
    ]
    empty = "'{}'" if db.is_postgres() else "'[]'"
    for sql in ids:
        await db.engine().run_ddl(sql.replace("LIST", empty))


async def read() -> list[object]:
    rows = await db.fetch(
        """SELECT m.title, m.published_at, a.name, s.places, s.places_taken, c.first_name, c.family_name
        FROM mission m JOIN association a ON a.id = m.association JOIN slot s ON s.mission = m.id
        JOIN volunteer v ON TRUE JOIN account c ON c.id = v.account"""
    )
    return [[str(value) for value in row.values()] for row in rows]


async def is_refused() -> str:
    """What the new triggers say of one application too many for the old slot."""
    at = "'2026-11-21 12:00:00+00:00'"
    empty = "'{}'" if db.is_postgres() else "'[]'"
    said = ""
    await db.engine().run_ddl(f"INSERT INTO volunteer (created_at) VALUES ({at})")
    for number in (1, 2):
        try:
            await db.engine().run_ddl(
                f"""INSERT INTO application (public_id, slot, volunteer, status, status_at, is_minor, message,
                tasks, undertaking, prerequisites, reason, reason_message, created_at) VALUES ('p{number}', 1,
                {number}, 'pending', {at}, FALSE, '', {empty}, '', {empty}, '', '', {at})"""
            )
        except Exception as error:
            said += f"{number}: {db.violated(error)}"
    return said


asyncio.run(main())
