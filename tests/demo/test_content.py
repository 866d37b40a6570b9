"""What the demonstration says could have been typed in the site's own forms."""

from typing import Any

import pytest
from starlette.datastructures import FormData

from marketplace.associations.forms import (
    ContactForm,
    IdentityForm,
    InsuranceForm,
    PlaceForm,
    SafeguardingForm,
)
from marketplace.demo import content
from marketplace.demo.content import Words
from marketplace.missions import care_forms, practical_forms
from marketplace.missions.forms import AudienceForm, DomainForm, PresentationForm
from marketplace.vocabulary.exposures import EXPOSURES
from marketplace.web.forms import Form, parse
from tests import make

FILES = list(content.associations())
MISSIONS = [mission for file in FILES for mission in file["missions"]]
DOMAINS = 10
FICTIVE = (
    "01 99 00",
    "02 61 91",
    "03 53 01",
    "04 65 71",
    "05 36 49",
    "06 39 98",
)  # kept for fiction in France


def test_six_associations_and_forty_missions_in_every_domain() -> None:
    assert len(FILES) == 6
    assert len(MISSIONS) == len({mission["key"] for mission in MISSIONS}) == 40
    assert len({mission["domain"] for mission in MISSIONS}) == DOMAINS


@pytest.mark.parametrize("told", MISSIONS, ids=lambda told: told["key"])
def test_a_mission_could_be_typed(told: Words) -> None:
    words = {**told, "tasks": "\n".join(told["tasks"]), "presentation": told["presentation"].strip()}
    answers = {key: "yes" if key in told.get("exposures", []) else "no" for key in EXPOSURES}
    frame = {**told, **answers, "minors": "yes" if told.get("minors") else ""}

    for kind in (
        PresentationForm,
        DomainForm,
        AudienceForm,
        care_forms.ConditionsForm,
        practical_forms.PlacesForm,
    ):
        assert problems(kind, words) == []
    assert problems(care_forms.FrameForm, frame) == []
    assert 2 <= len(words["presentation"].split("\n\n")) <= 4


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["association"]["name"])
def test_an_association_could_be_typed(file: Words) -> None:
    told = file["association"]
    insured = {"insurer": told["insurer"], "insured_until_day": "1", "insured_until_month": "1"}

    for kind in (IdentityForm, PlaceForm, ContactForm, SafeguardingForm):
        assert problems(kind, {**told, "legal_kind": "association"}) == []
    assert problems(InsuranceForm, {**insured, "insured_until_year": "2030"}) == []


def test_nobody_can_be_reached() -> None:
    people = content.people()
    emails = [told[2] for who in ("members", "volunteers") for told in people[who].values()]
    emails += [told["email"] for told in people["invitations"]]
    phones = [file["association"]["contact_phone"] for file in FILES]
    phones += [mission["supervisor_phone"] for mission in MISSIONS] + [
        people["minors"]["ines"]["guardian_phone"]
    ]

    assert [email for email in emails if not email.endswith("@example.org")] == []
    assert [phone for phone in phones if not phone.startswith(FICTIVE)] == []


def problems(kind: type[Form], told: Words) -> list[tuple[str, str]]:
    """What the form would say of these words."""
    sent = parse(
        kind, FormData(list(_fields(told))), {"now": make.NOW, "exposures": told.get("exposures", [])}
    )
    return sent.errors


def _fields(told: Words) -> list[tuple[str, str]]:
    fields: list[tuple[str, str]] = []
    for name, value in told.items():
        values: list[Any] = value if isinstance(value, list) else [value]
        fields += [(name, str(one)) for one in values if one is not False]
    return fields
