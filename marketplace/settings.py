"""What an operator chooses, read once from the environment: the only reader of it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit


class BadSetting(Exception):
    """A variable is missing or unreadable; the message names it and says what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One field per environment variable: `secret_key` is MARKETPLACE_SECRET_KEY."""

    secret_key: str  # signs links, cursors and form keys; no default on purpose
    database_url: str  # sqlite:///file.db or postgresql://user:password@host/name
    public_url: str  # how people reach the site, without a final slash: every mailed link starts so
    site_name: str  # shown in the header and in e-mails
    smtp_url: str  # smtp://user:password@host:port, or smtps://…; empty: mails wait in the outbox
    mail_from: str  # the sender's address of every e-mail
    contact_email: str  # where people write for help: shown in the footer and in e-mails
    trusted_proxies: str  # addresses whose X-Forwarded-For is believed, comma-separated
    demo: bool  # e-mails are kept and readable at /demo/mail; never on a real installation
    embedded_worker: bool  # run the clock inside the web process (the default on SQLite)

    @property
    def secure(self) -> bool:
        """Whether the site is served over HTTPS: cookies are then marked Secure."""
        return self.public_url.startswith("https://")


def load(environ: Mapping[str, str]) -> Settings:
    """The settings these variables describe.

    Raises:
        BadSetting: one is missing or unreadable.
    """

    def read(name: str, default: str | None = None) -> str:
        value = environ.get(f"MARKETPLACE_{name}", default)
        if value is None:
            raise BadSetting(f"MARKETPLACE_{name} is not set.")
        return value.strip()

    def flag(name: str, default: str) -> bool:
        value = read(name, default).lower()
        if value not in ("yes", "no"):
            raise BadSetting(f"MARKETPLACE_{name} must be yes or no, not {value!r}.")
        return value == "yes"

    database_url = read("DATABASE_URL", "sqlite:///marketplace.db")
    return Settings(
        secret_key=_secret(read("SECRET_KEY")),
        database_url=database_url,
        public_url=_origin(read("PUBLIC_URL", "http://localhost:8000")),
        site_name=read("SITE_NAME", "Missions ouvertes"),
        smtp_url=_smtp(read("SMTP_URL", "")),
        mail_from=read("MAIL_FROM", "ne-pas-repondre@missions-ouvertes.example"),
        contact_email=read("CONTACT_EMAIL", "aide@missions-ouvertes.example"),
        trusted_proxies=read("TRUSTED_PROXIES", "127.0.0.1"),
        demo=flag("DEMO", "no"),
        embedded_worker=flag("EMBEDDED_WORKER", "yes" if database_url.startswith("sqlite:") else "no"),
    )


def _secret(value: str) -> str:
    if len(value) < 32:
        raise BadSetting("MARKETPLACE_SECRET_KEY must have at least 32 characters.")
    return value


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise BadSetting(f"MARKETPLACE_PUBLIC_URL must be like https://missions.example.org, not {value!r}.")
    return value.rstrip("/")


def _smtp(value: str) -> str:
    if value and (urlsplit(value).scheme not in ("smtp", "smtps") or not urlsplit(value).hostname):
        raise BadSetting("MARKETPLACE_SMTP_URL must be like smtp://user:password@host:587.")
    return value


@cache
def current() -> Settings:
    """The settings of this process."""
    return load(os.environ)
