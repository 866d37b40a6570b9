"""What an association is in law: key to French label."""

from marketplace.text import N_

LEGAL_KINDS: dict[str, str] = {
    "association": N_("Association"),
    "local_authority": N_("Collectivité territoriale"),
    "public_body": N_("Organisation publique"),
    "private_nonprofit": N_("Organisation privée non lucrative"),
    "other": N_("Autre"),
}
