"""May an association take the list of its accepted people with it? Pure."""

from marketplace.applications.export_errors import ExportOnHold
from marketplace.associations.lifecycle import Status
from marketplace.associations.tables import Association
from marketplace.errors import Refusal


def why_not_export(association: Association) -> Refusal | None:
    """Not while it is suspended; None: it may."""
    return None if association.status == Status.VERIFIED else ExportOnHold()
