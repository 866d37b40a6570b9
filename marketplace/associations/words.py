"""How an association is named in a sentence."""

from marketplace.associations.tables import Association
from marketplace.text import _


def full_name(association: Association) -> str:
    """« l’association Le Vestiaire », to put after « de »; another kind of body keeps its bare name."""
    name: str = association.name
    if name.lower().startswith("association "):
        return _("l’{name}").format(name=name)
    kind_known = association.legal_kind == "association"
    return _("l’association {name}").format(name=name) if kind_known else _("« {name} »").format(name=name)
