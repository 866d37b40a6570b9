"""Writing down that a list of people left the site."""

from datetime import datetime

from marketplace.applications.export_tables import ExportLog
from marketplace.missions.tables import Mission


async def note_export(account_id: int, mission: Mission, rows: int, now: datetime) -> None:
    """Say who took how many people's names, before they do."""
    await ExportLog.insert(
        ExportLog(account=account_id, association=mission.association, mission=mission.id, rows=rows, at=now)
    )
