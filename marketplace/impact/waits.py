"""How long applications waited for their association: the SQL that the job and the live figures share."""

from marketplace import db

_SQLITE_SECONDS = "CAST(strftime('%s', {at}) AS INTEGER)"
_POSTGRES_SECONDS = "CAST(floor(extract(EPOCH FROM {at})) AS BIGINT)"
DAY = 86_400


def waits(missions: str) -> str:
    """`waited`: a line for each application of these missions that was answered, or left unanswered too long.

    Its columns: `mission`, `application`, `at`, `answered` (1 or 0) and `days`, counted from when the
    association could first see it: a day begun counts whole. An answer is the association's own yes or no;
    withdrawn before it, or ended with the mission, it is not there.

    Its joins are CROSS, so that SQLite keeps their order: from few missions to their journal.

    Args:
        missions: a query whose rows have the missions' `id`. Its values come first, then the first instant
            of answering that counts.
    """
    return f"""wanted AS MATERIALIZED ({missions}), heard AS MATERIALIZED (
        SELECT wanted.id AS mission, p.id AS application, min(h.at) AS at,
            max(CASE WHEN h.target = 'lapsed' THEN 0 ELSE 1 END) AS answered,
            (SELECT min(r.at) FROM journal r
                WHERE r.subject = 'application' AND r.row_id = p.id AND r.target = 'pending') AS seen_at
        FROM wanted CROSS JOIN slot s CROSS JOIN application p CROSS JOIN journal h
        WHERE s.mission = wanted.id AND p.slot = s.id
            AND h.subject = 'application' AND h.row_id = p.id AND h.source = 'pending'
            AND ((h.by = 'association' AND h.target IN ('accepted', 'declined'))
                OR (h.by = 'time' AND h.target = 'lapsed'))
            AND h.at >= {{}}
        GROUP BY wanted.id, p.id),
    waited AS (SELECT mission, application, at, answered,
            CASE WHEN {_seconds("at")} <= {_seconds("seen_at")} THEN 1
                ELSE ({_seconds("at")} - {_seconds("seen_at")} + {DAY - 1}) / {DAY} END AS days
        FROM heard WHERE seen_at IS NOT NULL)"""  # noqa: S608 - our own constants


def _seconds(column: str) -> str:
    return (_POSTGRES_SECONDS if db.is_postgres() else _SQLITE_SECONDS).format(at=column)
