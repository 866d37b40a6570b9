"""Our data file of communes, read. `tools/communes.py` makes it; see docs/reference/communes.md."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

DATA_FILE = Path(__file__).parent / "communes.tsv.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneFacts:
    """What is known of a commune; coordinates are WGS 84 degrees."""

    code: str
    name: str
    department: str
    postcodes: tuple[str, ...]
    population: int
    latitude: float | None
    longitude: float | None
    approximate: bool

    @property
    def label(self) -> str:
        """The name as people tell homonyms apart: "Saint-Denis (93)"."""
        return f"{self.name} ({self.department})"


def read_communes() -> list[CommuneFacts]:
    """Every commune of the data file, by code."""
    with gzip.open(DATA_FILE, mode="rt", encoding="utf-8", newline="") as lines:
        return [
            CommuneFacts(
                code=row["code"],
                name=row["name"],
                department=row["department"],
                postcodes=tuple(row["postcodes"].split()),
                population=int(row["population"]),
                latitude=float(row["latitude"]) if row["latitude"] else None,
                longitude=float(row["longitude"]) if row["longitude"] else None,
                approximate=row["approximate"] == "1",
            )
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
