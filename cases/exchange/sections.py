"""What a digest may hold: each section, its model, and the action that records its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import models

from cases.access.actor import AnyActor
from cases.actions import (
    assistance,
    batches,
    bodies,
    casework,
    counts,
    discrepancies,
    individuals,
    negotiations,
    organisations,
    places,
    reports,
    routes,
    status,
)
from cases.models import (
    Assistance,
    BatchSlot,
    Body,
    BodyName,
    Citation,
    Contact,
    CountLink,
    Discrepancy,
    DiscrepancyMember,
    FamilyLink,
    Individual,
    IndividualName,
    Mediation,
    Negotiation,
    Note,
    Official,
    OfficialName,
    Organisation,
    Place,
    PlaceName,
    Population,
    Position,
    QualityFlag,
    RepatriationBatch,
    ReportedCount,
    Route,
    RouteLeg,
    SourceReport,
    Speaker,
    Statement,
    StatusEvent,
    Tenure,
)


@dataclass(frozen=True)
class Part:
    """Rows that go to the action together with the row they belong to; it fills ``of``."""

    model: type[models.Model]
    of: str


@dataclass(frozen=True)
class Section:
    """One kind of row.

    ``slug_is`` is the field that the slug fills. ``children`` are lists of which each entry is a
    row of its own, whose ``parent`` is the row they stand in; ``child_key`` are the fields that
    make its slug, else its number does. ``of_report`` rows belong to the one report of their file.
    ``alone`` rows need no organisation. ``takes`` replaces the model's fields where the action
    takes others.
    """

    name: str
    model: type[models.Model]
    act: Callable[..., models.Model]
    slug_is: str = ""
    parent: str = ""
    child_key: tuple[str, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    takes: Mapping[str, type[models.Model]] = field(default_factory=dict)
    of_report: bool = False
    alone: bool = False

    @property
    def noun(self) -> str:
        return str(self.model._meta.verbose_name)


def bind(
    *, by: AnyActor, organisation: Organisation, slot: BatchSlot, individual: Individual
) -> BatchSlot:
    """Bind a slot as a digest writes it; the slot's own organisation holds."""
    del organisation
    return batches.bind(slot, by=by, version=slot.version, individual=individual)


_NAME = ("language_tag", "text")

_TABLE = (
    Section("organisations", Organisation, organisations.enrol, slug_is="key", alone=True),
    Section("places", Place, places.add, children={"names": "place_names"}),
    Section("place_names", PlaceName, places.add_name, parent="place", child_key=_NAME),
    Section("bodies", Body, bodies.add, children={"names": "body_names"}),
    Section("body_names", BodyName, bodies.add_name, parent="body", child_key=_NAME),
    Section("officials", Official, bodies.add_official),
    Section("populations", Population, counts.define_population, slug_is="code"),
    Section("routes", Route, routes.add, slug_is="code", children={"legs": "route_legs"}),
    Section("route_legs", RouteLeg, routes.add_leg, parent="route"),
    Section("contacts", Contact, individuals.add_contact, slug_is="reference"),
    Section("reports", SourceReport, reports.record, slug_is="code"),
    Section("flags", QualityFlag, reports.flag, slug_is="kind", of_report=True),
    Section(
        "statements",
        Statement,
        reports.make_statement,
        slug_is="code",
        parts={"speakers": Part(Speaker, of="statement")},
    ),
    Section("citations", Citation, reports.cite, slug_is="statement", of_report=True),
    Section("official_names", OfficialName, bodies.name_official),
    Section("tenures", Tenure, bodies.add_tenure),
    Section("negotiations", Negotiation, negotiations.add),
    Section("positions", Position, negotiations.take_position),
    Section(
        "individuals",
        Individual,
        individuals.register,
        parts={"names": Part(IndividualName, of="individual")},
    ),
    Section("family_links", FamilyLink, individuals.link_family),
    Section(
        "batches",
        RepatriationBatch,
        batches.announce,
        slug_is="code",
        children={"slots": "batch_slots"},
    ),
    Section("batch_slots", BatchSlot, batches.add_slot, parent="batch"),
    Section("bindings", BatchSlot, bind, takes={"slot": BatchSlot, "individual": Individual}),
    Section("mediations", Mediation, batches.credit),
    Section("counts", ReportedCount, counts.report),
    Section("links", CountLink, counts.link),
    Section(
        "discrepancies",
        Discrepancy,
        discrepancies.open_discrepancy,
        parts={"members": Part(DiscrepancyMember, of="discrepancy")},
    ),
    Section("status_events", StatusEvent, status.record),
    Section("assistance", Assistance, assistance.record),
    Section("notes", Note, casework.write_note),
)

SECTIONS = {section.name: section for section in _TABLE}
"""In the order in which the rows of one file are recorded."""

REFERENCE_FILES = {
    "organisation.yaml": ("organisations",),
    "places.yaml": ("places",),
    "bodies.yaml": ("bodies", "officials"),
    "populations.yaml": ("populations",),
    "routes.yaml": ("routes",),
}
JOINING_FILES = {"links.yaml": ("links", "discrepancies")}
_KEPT_APART = {name for names in REFERENCE_FILES.values() for name in names}
_CHILDREN = {child for section in _TABLE for child in section.children.values()}
REPORT_SECTIONS = tuple(name for name in SECTIONS if name not in _KEPT_APART | _CHILDREN)


def home_of(model: type[models.Model]) -> str:
    """Name the file, or the folder, in which rows of a model are kept."""
    for file, names in REFERENCE_FILES.items():
        if any(SECTIONS[name].model is model for name in names):
            return f"seeds/{file}"
    return "a file in seeds/reports/"
