"""Accounts, their sessions and the sign-ins under way."""

from piccolo.columns import Date, ForeignKey, OnDelete, Serial, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from marketplace.accounts.lifecycle import Purpose


class Account(Table):
    """Somebody who signs in, by a link or a code sent to their e-mail."""

    id: Serial
    email = Varchar(length=254, unique=True)  # folded: see accounts.policies.fold_email
    first_name = Varchar(length=80)
    family_name = Varchar(length=80)
    language = Varchar(length=2, default="fr")
    adult_attested_on = Date(null=True, default=None)  # they said so; an adult's birth date is not kept
    created_at = Timestamptz()
    seen_at = Timestamptz()


class Session(Table):
    """A browser somebody signed in from. Only the fingerprint of its token is stored."""

    id: Serial
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    token_hash = Varchar(length=64, unique=True, secret=True)
    device = Varchar(length=120)
    created_at = Timestamptz()
    seen_at = Timestamptz()
    expires_at = Timestamptz()


class SignIn(Table, tablename="sign_in"):
    """A link and a code on their way to an address: single use, ten minutes."""

    id: Serial
    purpose = Varchar(length=20, choices=Purpose)
    email = Varchar(length=254)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=True)  # whose address changes
    link_hash = Varchar(length=64, unique=True, secret=True)
    code_hash = Varchar(length=64, secret=True)
    browser_hash = Varchar(length=64, secret=True)  # the code only works in the browser that asked
    attempts = SmallInt(default=0)
    next_path = Varchar(length=200)
    created_at = Timestamptz()
    expires_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
