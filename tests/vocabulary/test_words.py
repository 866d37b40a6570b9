"""The words people choose from, and the groups forms list them in."""

from collections.abc import Mapping

import pytest

from marketplace.vocabulary import (
    activities,
    audiences,
    day_parts,
    departments,
    domains,
    exposures,
    legal_kinds,
    prerequisites,
    reasons,
    relationships,
    rhythms,
    skills,
)

VOCABULARIES = {  # name: (the vocabulary, how many keys, one that rows refer to)
    "activities": (activities.ACTIVITIES, 38, "work_integration"),
    "audiences": (audiences.AUDIENCES, 17, "prison_leavers"),
    "day_parts": (day_parts.DAY_PARTS, 6, "midday"),
    "departments": (departments.DEPARTMENTS, 107, "2A"),
    "domains": (domains.DOMAINS, 10, "solidarity"),
    "exposures": (exposures.EXPOSURES, 14, "street_night"),
    "legal_kinds": (legal_kinds.LEGAL_KINDS, 5, "association"),
    "prerequisites": (prerequisites.PREREQUISITES, 8, "prison_visitor_approval"),
    "decline_reasons": (reasons.DECLINE_REASONS, 6, "full"),
    "withdraw_reasons": (reasons.WITHDRAW_REASONS, 4, "unavailable"),
    "moderation_reasons": (reasons.MODERATION_REASONS, 10, "charter"),
    "report_reasons": (reasons.REPORT_REASONS, 5, "danger"),
    "relationships": (relationships.RELATIONSHIPS, 4, "guardian"),
    "rhythms": (rhythms.RHYTHMS, 6, "few_hours_week"),
    "skills": (skills.SKILLS, 64, "french"),
}


@pytest.mark.parametrize(("words", "count", "key"), VOCABULARIES.values(), ids=VOCABULARIES)
def test_keys_are_kept_and_every_label_says_something(words: Mapping[str, str], count: int, key: str) -> None:
    assert key in words
    assert len(words) == count
    assert [k for k, label in words.items() if not label.strip()] == []
    assert len(set(words.values())) == len(words)


@pytest.mark.parametrize(
    ("groups", "words"),
    [(skills.SKILL_GROUPS, skills.SKILLS), (activities.ACTIVITY_GROUPS, activities.ACTIVITIES)],
    ids=["skills", "activities"],
)
def test_groups_hold_every_word_once(groups: dict[str, tuple[str, ...]], words: Mapping[str, str]) -> None:
    grouped = [key for keys in groups.values() for key in keys]

    assert sorted(grouped) == sorted(words)


def test_every_exposure_has_its_question() -> None:
    assert list(exposures.EXPOSURE_QUESTIONS) == list(exposures.EXPOSURES)
    assert [q for q in exposures.EXPOSURE_QUESTIONS.values() if not q.endswith("\u00a0?")] == []


def test_regions_share_out_departments_and_only_the_far_collectivities_have_none() -> None:
    shared_out = [code for codes in departments.REGIONS.values() for code in codes]

    assert len(set(shared_out)) == len(shared_out)
    outside = set(departments.DEPARTMENTS) - set(shared_out)
    assert outside == {"975", "977", "978", "986", "987", "988"}
    assert departments.REGION_OF["75"] == "Île-de-France"


def test_honorability_is_a_prerequisite_by_its_name() -> None:
    assert prerequisites.HONORABILITY in prerequisites.PREREQUISITES
