"""The piccolo-admin panel under /admin: tables to read and one to write, behind our own sign-in."""

from html import escape
from urllib.parse import urlsplit

from piccolo.table import Table
from piccolo_admin.endpoints import AdminRouter, TableConfig, create_admin
from starlette.routing import Mount

from marketplace import settings
from marketplace.moderation import panel_tables as tables
from marketplace.moderation.panel_guard import PanelGuard
from marketplace.moderation.panel_writes import HOOKS
from marketplace.moderation.tables import Moderator, ModeratorSession
from marketplace.text import N_, _
from marketplace.vocabulary.tables import LocalContact
from marketplace.web import urls

FILES, FOLLOWED, REFERENCE = N_("Dossiers"), N_("Suivi"), N_("Référence")
LISTED: dict[type[Table], str] = {
    tables.AssociationFile: FILES,
    tables.MissionFile: FILES,
    tables.SlotFile: FILES,
    tables.DecisionFile: FOLLOWED,
    tables.JournalFile: FOLLOWED,
    tables.JobFile: FOLLOWED,
    tables.CommuneFile: REFERENCE,
    LocalContact: REFERENCE,
}


def panel() -> AdminRouter:
    """The panel itself. Read-only for every table: what has a life cycle moves on our own pages."""
    return _made([TableConfig(table, menu_group=_(group)) for table, group in LISTED.items()], read_only=True)


def writable_panel() -> AdminRouter:
    """The one table that moderators write, for the guard to send its writes to: it knows no other."""
    return _made([TableConfig(LocalContact, hooks=HOOKS)], read_only=False)


def _made(configs: list[TableConfig], *, read_only: bool) -> AdminRouter:
    made: AdminRouter = create_admin(
        configs,
        auth_table=Moderator,
        session_table=ModeratorSession,
        read_only=read_only,
        production=settings.current().secure,
        site_name=settings.current().site_name,
        default_language_code="fr",
        auto_include_related=False,
        allowed_hosts=[urlsplit(settings.current().public_url).hostname or ""],
        sidebar_links={_("File d’attente"): urls.path_for("moderation.queue")},
    )
    made.template = _ours(made.template)
    return made


def mount() -> Mount:
    """Where the site hangs it; our own pages under /admin are matched before."""
    return Mount("/admin", PanelGuard(panel(), writable_panel()))


def _ours(html: str) -> str:
    """Its page in French, named after the site, with our few lines of script and style."""
    head = (
        f'<head>\n  <script src="{urls.static("js/panel.js")}"></script>'
        f'\n  <link rel="stylesheet" href="{urls.static("css/panel.css")}">'
        f'\n  <link rel="icon" type="image/svg+xml" href="{urls.static("img/favicon.svg")}">'
    )
    title = f"<title>{escape(settings.current().site_name)}"
    html = html.replace("<head>", head, 1).replace("<title>Piccolo Admin", title)
    return html.replace('<html lang="en">', '<html lang="fr">')
