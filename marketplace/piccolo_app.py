"""The one Piccolo app: every table, and the one history of migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from marketplace.accounts.tables import Account, Session, SignIn
from marketplace.applications.export_tables import ExportLog
from marketplace.applications.feedback_tables import Feedback
from marketplace.applications.tables import Applicant, Application, Reminder, Silence
from marketplace.associations.invitation_tables import Invitation
from marketplace.associations.tables import AbsentDay, Association, Membership
from marketplace.consents.tables import Consent, ConsentLine, Guardian
from marketplace.discovery.count_tables import OpenCount
from marketplace.discovery.saved_tables import SavedSearch
from marketplace.discovery.tables import MissionSearch, SearchWord
from marketplace.exchange.calendar_tables import CalendarFeed
from marketplace.front.favourites_tables import Favourite
from marketplace.impact.attestation_tables import Attestation
from marketplace.impact.tables import Statistic, UsualAnswer
from marketplace.jobs.tables import Job
from marketplace.lifecycle import Change
from marketplace.mail.tables import Email
from marketplace.messages.tables import Message
from marketplace.missions.tables import Mission, Slot
from marketplace.moderation.tables import Decision, DecisionNote, Moderator, ModeratorSession
from marketplace.vocabulary.tables import Commune, CommunePostcode, LocalContact
from marketplace.volunteers.tables import BirthDate, Preferences, Volunteer
from marketplace.web.tables import Attempt, SentForm

APP_CONFIG = AppConfig(
    app_name="marketplace",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[
        Commune, CommunePostcode, LocalContact,
        Account, Session, SignIn,
        Volunteer, BirthDate, Preferences,
        Association, AbsentDay, Membership, Invitation,
        Mission, Slot,
        MissionSearch, SearchWord, OpenCount, SavedSearch, Favourite,
        Consent, ConsentLine, Guardian,
        Application, Applicant, Reminder, Silence, Feedback, ExportLog,
        Message,
        Statistic, UsualAnswer, Attestation,
        CalendarFeed,
        Moderator, ModeratorSession, Decision, DecisionNote,
        Email, Job, Attempt, SentForm, Change,
    ],
)  # fmt: skip
