"""Reads the digests: YAML under ``seeds/`` → rows in the order in which a desk would enter them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from cases.exchange.sections import (
    JOINING_FILES,
    REFERENCE_FILES,
    REPORT_SECTIONS,
    SECTIONS,
    Section,
)

_HEAD = frozenset({"recorded_on", "recorded_on_basis"})


class DigestError(ValueError):
    """Something in a digest is wrong; the sentence says where and what to do."""


@dataclass(frozen=True)
class Row:
    """One row of a digest, its references still slugs."""

    file: str
    section: Section
    slug: str
    fields: Mapping[str, Any]
    recorded_on: date

    @property
    def where(self) -> str:
        return f"{self.file}, {self.section.noun} {self.slug}"


def read(folder: Path) -> list[Row]:
    """Read all digests, the rows recorded first coming first.

    :raises DigestError: for anything that is not in the format of ``seeds/README.md``.
    """
    rows: list[Row] = []
    for name, sections in REFERENCE_FILES.items():
        rows += _rows(folder, name, sections)
    reports = sorted(path.name for path in (folder / "reports").glob("*.yaml"))
    for name in reports:
        rows += _rows(folder, f"reports/{name}", REPORT_SECTIONS)
    for name, sections in JOINING_FILES.items():
        rows += _rows(folder, name, sections)
    return sorted(rows, key=lambda row: row.recorded_on)  # stable: files and sections keep order


def _rows(folder: Path, name: str, sections: tuple[str, ...]) -> list[Row]:
    file = f"seeds/{name}"
    digest = _mapping(_load(folder / name, file), file)
    unknown = digest.keys() - _HEAD - set(sections)
    if unknown:
        listed = ", ".join(sections)
        raise DigestError(f"{file}: unknown section “{min(unknown)}”. It may hold: {listed}.")
    recorded_on = _day(digest.get("recorded_on"), file)
    report = _report_of(digest, file, is_report="reports" in sections)
    rows: list[Row] = []
    for section in (SECTIONS[key] for key in SECTIONS if key in sections):
        entries = _mapping(digest.get(section.name) or {}, f"{file}, {section.name}")
        for slug, fields in entries.items():
            rows += _row(file, section, slug, fields, recorded_on, report)
    return rows


def _load(path: Path, file: str) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader, stricter
    except FileNotFoundError:
        raise DigestError(f"{file} is missing. seeds/README.md says what it holds.") from None
    except yaml.YAMLError as error:
        raise DigestError(f"{file} is not YAML we can read: {error}") from error


def _report_of(digest: Mapping[str, Any], file: str, *, is_report: bool) -> str:
    """Give the code of the file's report, and see that the file has one and its basis of date."""
    if not is_report:
        return ""
    reports = _mapping(digest.get("reports") or {}, f"{file}, reports")
    if len(reports) != 1:
        raise DigestError(f"{file}: a digest is of one report, and has {len(reports)}. Split it.")
    if not digest.get("recorded_on_basis"):
        raise DigestError(f"{file}: say in recorded_on_basis how its day is known, or assumed.")
    return str(next(iter(reports)))


def _row(
    file: str, section: Section, slug: str, fields: Any, recorded_on: date, report: str
) -> Iterator[Row]:
    where = f"{file}, {section.noun} {slug}"
    own = dict(_mapping(fields, where))
    children = {name: own.pop(name, None) or [] for name in section.children}
    if "recorded_on" in own:
        recorded_on = _day(own.pop("recorded_on"), where)
    if section.slug_is:
        own[section.slug_is] = slug
    if section.of_report:
        own["report"] = report
        slug = f"{report}/{slug}"
    yield Row(file, section, slug, own, recorded_on)
    for name, entries in children.items():
        child = SECTIONS[section.children[name]]
        for key, entry in _entries(child, entries, f"{where}, {name}"):
            own = {child.parent: slug, **entry}
            yield Row(file, child, f"{slug}/{key}", own, recorded_on)


def _entries(child: Section, entries: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each entry of a list its key; one with ``count: 12`` stands twelve times."""
    if not isinstance(entries, list):
        raise DigestError(f"{where}: write a list.")
    number = 0
    for entry in entries:
        fields = dict(_mapping(entry, where))
        times = fields.pop("count", 1)
        if not isinstance(times, int) or isinstance(times, bool) or times < 1:
            raise DigestError(f"{where}: “count: {times}” is not how often an entry stands.")
        for _ in range(times):
            number += 1
            key = "/".join(str(fields.get(name, "")) for name in child.child_key)
            yield key or str(number), fields if child.child_key else {**fields, "number": number}


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise DigestError(f"{where}: write names and values, such as “kind: country”.")
    return value


def _day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        message = f"{where}: recorded_on is a day such as 2024-11-22, not “{value}”."
        raise DigestError(message) from None


_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # eight times as quick, where built


class _Loader(_Safe):  # type: ignore[misc]  # one of two classes of the same interface
    """A safe loader that leaves dates as they are written and refuses a slug that stands twice.

    Plain YAML would read 2024-08-06 as a date but 2024-08 as text, and keep the last of two rows
    of one slug without a word.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - the shape PyYAML asks for
        letter: [(tag, regexp) for tag, regexp in found if not tag.endswith(":timestamp")]
        for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(
                None, None, f"“{twice}” stands twice in one place", node.start_mark
            )
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping
