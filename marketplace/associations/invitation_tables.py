"""People asked by e-mail to become members."""

from piccolo.columns import ForeignKey, OnDelete, Serial, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.accounts.tables import Account
from marketplace.associations.lifecycle import Role
from marketplace.associations.tables import Association
from marketplace.web.ids import new_public_id


class Invitation(Table):
    """An address asked to join. Open until accepted, ended (cancelled, replaced) or expired."""

    id: Serial
    public_id = Varchar(length=12, unique=True, default=new_public_id)
    association = ForeignKey(Association, on_delete=OnDelete.restrict, null=False)
    email = Varchar(length=254)  # folded: see accounts.policies.fold_email
    role = Varchar(length=20, choices=Role)
    link_hash = Varchar(length=64, unique=True, secret=True)
    invited_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True)
    created_at = Timestamptz()
    sent_at = Timestamptz()
    expires_at = Timestamptz()
    accepted_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
