"""What the demonstration prints at each start: who can sign in, and where e-mails are read."""

from datetime import datetime

from marketplace import settings
from marketplace.demo import content
from marketplace.moderation import demo_staff


def text(now: datetime) -> str:
    """Everything one needs to look around."""
    url = settings.current().public_url
    return "\n".join(
        [
            "",
            f"  {settings.current().site_name} — demonstration at {url}",
            f"  Its e-mails, sign-in links among them: {url}/demo/mail",
            "",
            f"  Sign in at {url}/connexion with one of these addresses; the link arrives at /demo/mail.",
            *_people(),
            "",
            f"  Moderators sign in at {url}/admin/connexion:",
            *_moderators(now),
            "  Codes change every 30 seconds: /demo/mail shows those of the moment.",
            "",
        ]
    )


def _people() -> list[str]:
    people = content.people()
    files = [file["association"] for file in content.associations()]
    roles = dict.fromkeys(people["volunteers"], "volunteer") | {
        file["owner"]: f"owner of {file['name']}" for file in files
    }
    for who, minor in people["minors"].items():
        roles[who] = f"volunteer, {minor['age']}; guardian {minor['guardian']} (no account)"
    named = people["members"] | people["volunteers"]
    return [
        _line(told, ": ".join(said for said in (roles.get(who), people["shows"].get(who)) if said))
        for who, told in named.items()
    ]


def _line(told: list[str], what: str) -> str:
    first, family, email = told
    return f"    {email:<24} {first} {family}, {what}"


def _moderators(now: datetime) -> list[str]:
    return [
        f"    {told.username:<8} password {told.password}   code now {demo_staff.code(told, now)}   "
        f"secret {told.secret}"
        for told in demo_staff.DEMO_MODERATORS
    ]
