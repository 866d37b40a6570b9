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
    owners = {file["association"]["owner"]: file["association"]["name"] for file in content.associations()}
    lines = [_line(people["members"][who], name) for who, name in owners.items()]
    for who, told in people["volunteers"].items():
        minor = people["minors"].get(who)
        age = (
            f"volunteer, {minor['age']}; guardian {minor['guardian']} (no account)" if minor else "volunteer"
        )
        lines.append(_line(told, age))
    return lines


def _line(told: list[str], what: str) -> str:
    first, family, email = told
    return f"    {email:<24} {first} {family}, {what}"


def _moderators(now: datetime) -> list[str]:
    return [
        f"    {told.username:<8} password {told.password}   code now {demo_staff.code(told, now)}   "
        f"secret {told.secret}"
        for told in demo_staff.DEMO_MODERATORS
    ]
