"""The search box of the header: one question over people, returns, evidence, places and bodies."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.admin import links, masking
from cases.admin.searching import narrowed, words_of
from cases.models import (
    Body,
    BodyName,
    Individual,
    Official,
    OfficialName,
    Place,
    PlaceName,
    Population,
    RepatriationBatch,
    SourceReport,
    Statement,
    TracingRequest,
)
from cases.models.gate import reads_masked
from cases.queries import names
from cases.rules.individuals import looks_like_number

MOST_HITS = 12


@dataclass(frozen=True)
class Hit:
    """A record found, and why."""

    words: str
    why: str
    url: str


@dataclass(frozen=True)
class Found:
    title: str
    hits: tuple[Hit, ...]


def find(term: str) -> list[Found]:
    """Look everywhere that the actor may look; each group in one or two queries."""
    if not words_of(term):
        return []
    actor = current_actor()
    groups: list[Found] = []
    if can(actor, Act.READ_CASES):
        groups.append(_group(_("People"), _people(term)))
        groups.append(_group(_("Tracing requests"), _requests(term)))
    if can(actor, Act.READ_EVIDENCE):
        groups.extend(_group(title, hits) for title, hits in _evidence(term))
    return [group for group in groups if group.hits]


def _group(title: str, hits: Iterable[Hit]) -> Found:
    """Keep the first hit of each record."""
    seen: dict[str, Hit] = {}
    for hit in hits:
        seen.setdefault(hit.url, hit)
    return Found(title, tuple(seen.values())[:MOST_HITS])


def _people(term: str) -> Iterable[Hit]:
    if any(looks_like_number(word) for word in words_of(term)):
        numbered = narrowed(Individual.objects.all(), ["case_number"], term)
        for person in numbered.order_by("case_number", "pk")[:MOST_HITS]:
            yield Hit(str(person), _("by its case number"), links.url_of(person))
        return
    for match in names.find(term, limit=MOST_HITS, is_typed=True):
        words = f"{match.person} {' · '.join(match.names)}"
        yield Hit(words, "; ".join(match.reasons), links.url_of(match.person))


def _requests(term: str) -> Iterable[Hit]:
    """Find tracing requests by their number or the name that is sought, never by who asks."""
    paths = ["number", "search_key"]
    rows = narrowed(TracingRequest.objects.all(), masking.readable(TracingRequest, paths, {}), term)
    for row in rows.order_by("-recorded_at", "pk")[:MOST_HITS]:
        is_numbered = term.strip().lower() in row.number.lower()
        why = _("by its number") if is_numbered else _("by the name that is sought")
        yield Hit(str(row), why, links.url_of(row))


def _evidence(term: str) -> Iterable[tuple[str, Iterable[Hit]]]:
    yield _("Batches"), _written(RepatriationBatch, ("code", "title"), "title", term)
    yield _("Reports"), _written(SourceReport, ("code", "title", "publisher__name"), "title", term)
    yield _("Statements"), _written(Statement, ("code", "summary", "source_term"), "summary", term)
    yield _("Populations"), _written(Population, ("code", "title"), "title", term)
    yield _("Places"), _either(Place, PlaceName, "place", term)
    yield _("Bodies"), _either(Body, BodyName, "body", term)
    yield _("Officials"), _either(Official, OfficialName, "official", term)


def _either(
    model: type[models.Model], named: type[models.Model], of: str, term: str
) -> Iterable[Hit]:
    yield from _named(named, of, term)
    yield from _written(model, ("name",), "name", term)


def _named(model: type[models.Model], of: str, term: str) -> Iterable[Hit]:
    """Find records by a name in any spelling; say which name matched."""
    if reads_masked(model, "search_key"):
        return
    rows: Any = narrowed(model._default_manager.all(), ["search_key"], term)
    for name in rows.prefetch_related(of).order_by("text", "pk")[: 2 * MOST_HITS]:
        record = getattr(name, of)
        if record is not None:
            words = str(record)
            yield Hit(words, _by_name(name, names.reasons(term, name.text)), links.url_of(record))


def _by_name(name: Any, reasons: Sequence[str]) -> str:
    given = {"name": name.text, "language": name.language_tag, "reasons": "; ".join(reasons)}
    if reasons:
        return _("by the name “%(name)s” (%(language)s): %(reasons)s") % given
    return _("by the name “%(name)s” (%(language)s)") % given


def _written(
    model: type[models.Model], paths: Sequence[str], shown: str, term: str
) -> Iterable[Hit]:
    open_paths = [path for path in paths if not reads_masked(model, path)]
    rows: Any = narrowed(model._default_manager.all(), open_paths, term)
    matched: Callable[[Any], str] = _matched(open_paths, term)
    for record in rows.order_by("-recorded_at", "pk")[:MOST_HITS]:
        text = masking.value(record, shown, "")
        words = text if str(record) in {text, ""} else f"{record} {text}"
        yield Hit(_once(str(record), words), matched(record), links.url_of(record))


def _once(reference: str, words: str) -> str:
    """Avoid “SR-001 Title Title” where the reference holds the title already."""
    return reference if words.endswith(reference.split(" ", 1)[-1]) and " " in reference else words


def _matched(paths: Sequence[str], term: str) -> Callable[[Any], str]:
    first = words_of(term)[0].lower()

    def why(record: Any) -> str:
        for path in paths:
            if "__" not in path and first in str(getattr(record, path)).lower():
                label = record._meta.get_field(path).verbose_name
                return _("by its %(field)s") % {"field": label}
        return _("by its publisher")

    return why
