"""The communes of France, the way from a postcode to them, and whom to talk to in each département."""

from piccolo.columns import Array, Boolean, DoublePrecision, ForeignKey, Integer, OnDelete, Serial, Varchar
from piccolo.table import Table


class Commune(Table):
    """A commune (or overseas commune) as INSEE numbers them. Written by `load_communes` only."""

    id: Serial
    code = Varchar(length=5, unique=True)  # INSEE's, not the postcode
    name = Varchar(length=100)
    search_name = Varchar(length=100, index=True)  # folded: see names.py
    postcodes = Array(base_column=Varchar(length=5))
    department = Varchar(length=3, index=True)
    population = Integer()
    latitude = DoublePrecision(null=True, default=None)  # WGS 84 degrees
    longitude = DoublePrecision(null=True, default=None)
    approximate = Boolean()  # the coordinates are its neighbours' mean


class CommunePostcode(Table):
    """One postcode of one commune: the index of `Commune.postcodes`."""

    id: Serial
    commune = ForeignKey(Commune, on_delete=OnDelete.cascade, null=False)
    postcode = Varchar(length=5, index=True)


class LocalContact(Table):
    """Somebody to talk to. Moderators write it in the panel, and nothing else there; see contacts.py."""

    id: Serial
    department = Varchar(length=3, help_text="Code du département ; vide pour un contact de secours.")
    organisation = Varchar(length=120)
    phone = Varchar(length=20)
    email = Varchar(length=254)
    hours = Varchar(length=120, help_text="En français.")
    hours_en = Varchar(length=120, help_text="En anglais.")
    notes = Varchar(length=300, help_text="En français.")
    notes_en = Varchar(length=300, help_text="En anglais.")
    is_backup = Boolean(default=False, help_text="Répond quand un département n’a personne.")
