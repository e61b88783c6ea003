"""Compares what GDAL reads from each format with what the GeoJSON of the same run holds.

    formats.py GEOJSON_FOLDER FOLDER...

Every layer, every feature, every property, and whether there is a geometry. Runs with pyogrio, whose
wheels bring a recent GDAL; the one that the system has is asked by formats.sh.
"""

import json
import math
import sys
from pathlib import Path

import pyogrio
from pyogrio.raw import read

LAYERS = ["patrols", "positions", "events", "events_lines", "places"]
# Others stand beside them: styles and projects.
SUFFIXES = {".geojson", ".geojsonl", ".csv", ".gpkg", ".fgb", ".kml"}
# Files that hold all layers, by their own names.
TOGETHER = {".gpkg", ".kml"}
# GDAL takes `name` in KML for the heading, so that the property is called otherwise there.
RENAMED = {".kml": {"name": "place_name"}}


def text(value):
    """A value as CSV spells it, so that formats without types can be compared."""
    if hasattr(value, "item"):
        value = value.item()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def features(path, layer):
    """What GDAL reads: properties and whether there is a geometry, by id."""
    about, _, geometries, columns = read(path, layer=layer, datetime_as_string=True)
    names = list(about["fields"])
    for row in range(len(geometries)):
        properties = {name: columns[at][row] for at, name in enumerate(names)}
        yield properties.get("id"), properties, geometries[row] is not None


def spelling(value, suffix):
    """How a format spells a value of GeoJSON."""
    spelled = text(value)
    # So that a spreadsheet does not run it.
    if suffix == ".csv" and isinstance(value, str) and value.startswith(tuple("=+-@\t\r\n")):
        return "'" + spelled
    return spelled


def compare(path, layer, expected):
    """Complaints about one layer of one file."""
    suffix = path.suffix
    seen = 0
    for identifier, properties, located in features(path, layer if suffix in TOGETHER else None):
        seen += 1
        feature = expected.get(identifier)
        if feature is None:
            yield f"{identifier} is not in the GeoJSON"
            continue
        if located != (feature["geometry"] is not None):
            yield f"{identifier}: geometry {'appeared' if located else 'lost'}"
        for name, value in feature["properties"].items():
            name_here = RENAMED.get(suffix, {}).get(name, name)
            found = text(properties.get(name_here))
            if found != spelling(value, suffix):
                yield f"{identifier}: {name} is {found!r} and not {value!r}"
    if seen != len(expected):
        yield f"{seen} features and not {len(expected)}"


def main():
    geojson, folders = Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]]
    expected = {}
    for layer in LAYERS:
        collection = json.loads((geojson / f"{layer}.geojson").read_text(encoding="utf-8"))
        expected[layer] = {feature["id"]: feature for feature in collection["features"]}
    arabic = [f for f in expected["patrols"].values() if any("\u0620" <= c <= "\u06ff" for c in f["properties"]["evidence"])]
    if not arabic:
        sys.exit("the sample holds no Arabic")
    failed = False
    for folder in folders:
        for path in sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES):
            for layer in LAYERS if path.suffix in TOGETHER else [path.stem]:
                complaints = list(compare(path, layer, expected[layer]))
                for complaint in complaints[:5]:
                    print(f"{path.name}, {layer}: {complaint}", file=sys.stderr)
                if complaints:
                    failed = True
                else:
                    count = len(expected[layer])
                    print(f"{folder.name}/{path.name}: {count} {layer} by GDAL {pyogrio.__gdal_version_string__}")
    sys.exit(failed)


main()
