"""The register of personal data: each column of each table once. A column without a line fails a test.

`whose` is the person a value tells about; NOBODY's columns tell of no person by themselves.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """Whose the values of some columns are, and how long they are kept."""

    whose: str
    until: str
    columns: tuple[str, ...]


def _kept(whose: str, until: str, columns: str) -> Kept:
    return Kept(whose, until, tuple(columns.split()))


NOBODY = "nobody"
ALWAYS = "always"
ACCOUNT_LIFE = "the account is erased"
MISSION_LIFE = "the mission is erased with its association"
APPLICATION_LIFE = "the account is erased; the row stays without a name, so that counts hold"
PREFERENCES_LIFE = "they erase them, or the account is erased"
FAVOURITE_LIFE = "they keep it no longer, 90 days after the mission is over, or the account is erased"
INVITATION_KEPT = "30 days after it expired"
SAVED_SEARCH_LIFE = "they delete it, unsubscribe, or erase the account; 7 days when it was never confirmed"

REGISTER: dict[str, list[Kept]] = {
    "commune": [
        _kept(NOBODY, ALWAYS, "id code name search_name postcodes department population"),
        _kept(NOBODY, ALWAYS, "latitude longitude approximate"),
    ],
    "commune_postcode": [_kept(NOBODY, ALWAYS, "id commune postcode")],
    "local_contact": [
        _kept(NOBODY, ALWAYS, "id department organisation hours hours_en notes notes_en is_backup"),
        _kept("whoever answers for the organisation", "it is changed", "phone email"),
    ],
    "open_count": [_kept(NOBODY, "the next count", "id kind key missions places counted_at")],
    "account": [
        _kept("the holder", ACCOUNT_LIFE, "id email first_name family_name language adult_attested_on"),
        _kept("the holder", ACCOUNT_LIFE, "created_at seen_at"),
    ],
    "session": [
        _kept("the holder", "30 days, or signing out", "id account token_hash device created_at"),
        _kept("the holder", "30 days, or signing out", "seen_at expires_at"),
    ],
    "sign_in": [
        _kept("the holder of the address", "a day after it expires", "id purpose email account link_hash"),
        _kept("the holder of the address", "a day after it expires", "code_hash browser_hash attempts"),
        _kept(
            "the holder of the address", "a day after it expires", "next_path created_at expires_at used_at"
        ),
    ],
    "volunteer": [_kept("the volunteer", APPLICATION_LIFE, "id account created_at")],
    "birth_date": [_kept("the minor", "18, or the account is erased", "id volunteer born_on")],
    "volunteer_preferences": [
        _kept("the volunteer", PREFERENCES_LIFE, "id volunteer skills audiences domains rhythms day_parts"),
        _kept("the volunteer", PREFERENCES_LIFE, "place_kind commune_code commune_name postcode department"),
        _kept("the volunteer", PREFERENCES_LIFE, "latitude longitude radius_km updated_at"),
    ],
    "association": [
        _kept(NOBODY, "the association is erased", "id public_id status name legal_kind rna siret purpose"),
        _kept(NOBODY, "the association is erased", "address commune_code commune_name postcode department"),
        _kept(NOBODY, "the association is erased", "website insurer insured_until charter_version"),
        _kept(
            NOBODY,
            "the association is erased",
            "created_at submitted_at verified_at absent_from absent_until insurance_warned_at",
        ),
        _kept("its public contact", "it is changed", "contact_email contact_phone"),
        _kept("its safeguarding contact", "it is changed", "safeguarding_name safeguarding_contact"),
        _kept("the member who accepted", ACCOUNT_LIFE, "charter_accepted_at charter_accepted_by"),
    ],
    "absent_day": [_kept(NOBODY, "90 days", "id association on_day")],
    "membership": [_kept("the member", "they leave", "id public_id account association role created_at")],
    "invitation": [
        _kept("who is invited", INVITATION_KEPT, "id public_id association email role link_hash invited_by"),
        _kept("who is invited", INVITATION_KEPT, "created_at sent_at expires_at accepted_at ended_at"),
    ],
    "mission": [
        _kept(NOBODY, MISSION_LIFE, "id public_id association status paused_because suspended_from domain"),
        _kept(NOBODY, MISSION_LIFE, "activities title presentation tasks details audiences skills_needed"),
        _kept(NOBODY, MISSION_LIFE, "skills_wished training place_kind address commune_code commune_name"),
        _kept(NOBODY, MISSION_LIFE, "postcode department latitude longitude timing rhythm day_parts"),
        _kept(NOBODY, MISSION_LIFE, "admission contact_level exposures minors two_adults prerequisites"),
        _kept(NOBODY, MISSION_LIFE, "undertaking wheelchair public_transport peers_welcome created_at"),
        _kept(NOBODY, MISSION_LIFE, "updated_at submitted_at published_at stands_at stands_asked_at"),
        _kept("whoever wrote it", MISSION_LIFE, "hand_over_note"),
        _kept("its referent", "they leave", "referent"),
        _kept("its author", ACCOUNT_LIFE, "author"),
        _kept("its supervisor", MISSION_LIFE, "supervisor_name supervisor_role supervisor_phone"),
    ],
    "slot": [
        _kept(
            NOBODY, MISSION_LIFE, "id mission starts_at ends_at places places_taken cancelled_at created_at"
        )
    ],
    "mission_search": [
        _kept(NOBODY, MISSION_LIFE, "id mission edition indexed_edition title_t body_t tags counted_at"),
        _kept(NOBODY, MISSION_LIFE, "open_until shown_until stale_at starts_at places_left place_kind"),
        _kept(NOBODY, MISSION_LIFE, "latitude longitude x y z"),
    ],
    "saved_search": [
        _kept("who asked", SAVED_SEARCH_LIFE, "id public_id account email language query frequency number"),
        _kept("who asked", SAVED_SEARCH_LIFE, "consent_version consented_at link_hash created_at"),
        _kept("who asked", SAVED_SEARCH_LIFE, "confirmed_at paused_at seen_until next_due_at"),
    ],
    "favourite": [_kept("who keeps it", FAVOURITE_LIFE, "id account mission created_at")],
    "search_word": [_kept(NOBODY, "the index is made again", "id word shown letter length uses")],
    "consent": [
        _kept("the minor", APPLICATION_LIFE, "id public_id volunteer mission status text_version link_hash"),
        _kept("the minor", APPLICATION_LIFE, "link_expires_at parent_link_hash created_at decided_at"),
    ],
    "consent_line": [_kept("the minor", APPLICATION_LIFE, "id consent volunteer slot status")],
    "guardian": [
        _kept("the guardian", "the minor comes of age, or asks", "id consent email name relationship phone")
    ],
    "application": [
        _kept(
            "the volunteer",
            APPLICATION_LIFE,
            "id public_id slot volunteer status status_at is_minor applicant",
        ),
        _kept("the volunteer", APPLICATION_LIFE, "came_of_age_at tasks undertaking prerequisites ended_by"),
        _kept("the volunteer", APPLICATION_LIFE, "reason created_at accepted_at answer_by"),
        _kept("the volunteer", APPLICATION_LIFE, "meeting_on coming_at attendance minutes noted_at"),
        _kept("the volunteer", ACCOUNT_LIFE, "message reason_message meeting_note"),
    ],
    "reminder": [_kept("the volunteer", APPLICATION_LIFE, "id application kind sent_at")],
    "feedback": [
        _kept("whoever spoke", APPLICATION_LIFE, "id application side as_described welcomed created_at"),
        _kept("whoever spoke", ACCOUNT_LIFE, "words"),
    ],
    "export_log": [
        _kept(NOBODY, MISSION_LIFE, "id association mission rows at"),
        _kept("the member who took it", ACCOUNT_LIFE, "account"),
    ],
    "silence": [_kept(NOBODY, "it answers again, or 90 days", "id association on_day")],
    "message": [
        _kept("the volunteer of the thread", ACCOUNT_LIFE, "id application side text to_all sent_at read_at"),
        _kept("whoever wrote it", ACCOUNT_LIFE, "author"),
    ],
    "applicant": [
        _kept("the visitor", "30 minutes, or confirming", "id email first_name family_name born_on slots"),
        _kept("the visitor", "30 minutes, or confirming", "mission waits message tasks undertaking"),
        _kept("the visitor", "30 minutes, or confirming", "prerequisites network link_hash created_at"),
        _kept("the guardian", "30 minutes, or confirming", "guardian_email guardian_relationship"),
    ],
    "statistic": [
        _kept(NOBODY, "the next count", "id scope key missions missions_open missions_minors places"),
        _kept(NOBODY, "the next count", "places_taken applications answered_tenths answer_days computed_at"),
    ],
    "attestation": [
        _kept("the volunteer", ACCOUNT_LIFE, "id code account association association_name first_name"),
        _kept("the volunteer", ACCOUNT_LIFE, "family_name year minutes participations made_at"),
    ],
    "calendar_feed": [
        _kept(
            "the holder", "they end or replace the link, or the account is erased", "id account secret_hash"
        ),
        _kept("the holder", "they end or replace the link, or the account is erased", "created_at"),
    ],
    "usual_answer": [_kept(NOBODY, "the next count", "id association days computed_at")],
    "moderator": [
        _kept("the moderator", "they leave", "id username password first_name last_name email active admin"),
        _kept("the moderator", "they leave", "superuser last_login totp_secret totp_last_step"),
    ],
    "moderator_session": [_kept("the moderator", "12 hours", "id token user_id expiry_date max_expiry_date")],
    "decision": [
        _kept("the moderator", ALWAYS, "id public_id moderator act association mission reason created_at")
    ],
    "decision_note": [_kept("whoever it speaks of", "it is erased", "id decision note")],
    "email": [
        _kept(
            "the recipient", "30 days after sending", "id message_id template recipient subject created_at"
        ),
        _kept(
            "the recipient", "30 days after sending", "due_at attempts claimed_until sent_at failed_at error"
        ),
        _kept("the recipient", "sending", "text html calendar unsubscribe"),
    ],
    "job": [_kept(NOBODY, ALWAYS, "id name leased_until due_at succeeded_at error")],
    "attempt": [_kept("whoever tried, as a keyed fingerprint", "2 days", "id key window_at tries")],
    "sent_form": [_kept("whoever sent it, as a fingerprint", "7 days", "id key_hash location created_at")],
    "journal": [
        _kept(
            "whoever acted, by the number of their account",
            ALWAYS,
            "id subject row_id source target by actor at",
        )
    ],
}
