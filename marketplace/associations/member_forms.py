"""Forms about members."""

from typing import Annotated

from marketplace.associations.lifecycle import Role
from marketplace.text import N_
from marketplace.web.forms import Email, Form, Says, one_of

KNOWN = frozenset(str(role) for role in Role)
Chosen = Annotated[str, one_of(KNOWN), Says(N_("Choisissez un rôle."))]


class InvitationForm(Form):
    """Whom to invite, and as what."""

    email: Email
    role: Chosen


class RoleForm(Form):
    """What a member may do."""

    role: Chosen
