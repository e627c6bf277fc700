"""The facts of the five reports, as they stand in the database once the fixtures are loaded."""

from datetime import UTC, date, datetime

import pytest

from cases.access.gate import Actor, acting_as
from cases.models import (
    Assistance,
    BatchSlot,
    Contact,
    CountLink,
    Discrepancy,
    FamilyLink,
    Individual,
    MediatingBody,
    Official,
    OutstandingCount,
    Population,
    Position,
    RepatriationBatch,
    ReportedCount,
    RouteLeg,
    Statement,
)
from cases.queries.bridge import bridges
from cases.queries.outstanding import outstanding
from cases.vocabulary.counts import BridgeVerdict
from cases.vocabulary.organisations import Role

pytestmark = pytest.mark.usefixtures("loaded")


def count(statement, text):
    return ReportedCount.objects.get(statement__code=statement, stated_text=text)


REGISTER = [
    ("khinshtein-two", "two", 2, 2, 2, "flow_of_event", "person"),
    ("moskalkova-132", "132", 132, 132, 132, "unknown", "person"),
    ("sr000-remaining-30", "30", 30, 30, 30, "stock", "person"),
    ("sr000-evacuation", "more than 150,000", 150_000, 150_001, None, "cumulative", "person"),
    ("sr001-almost-50", "almost 50", 50, None, 49, "flow_of_event", "person"),
    ("moskalkova-46", "46", 46, 46, 46, "flow_of_event", "person"),
    ("moskalkova-46", "12 children", 12, 12, 12, "flow_of_event", "person"),
    ("officials-relocation", "over 1,000", 1000, 1001, None, "cumulative", "person"),
    ("sr001-displacement", "more than 152,000", 152_000, 152_001, None, "cumulative", "person"),
    ("moscow-times-shelters", "over 30,000", 30_000, 30_001, None, "stock", "person"),
    ("moscow-times-shelters", "almost a thousand", 1000, None, 999, "stock", "facility"),
    ("medinsky-20", "more than 20", 20, 21, None, "stock", "person"),
    ("moskalkova-8", "eight", 8, 8, 8, "flow_of_event", "person"),
    ("sr003-nearly-50", "nearly fifty", 50, None, 49, "flow_of_event", "person"),
    ("ukraine-minors", "nearly 20,000", 20_000, None, 19_999, "cumulative", "person"),
    ("observers-minors", "underestimated", None, None, None, "cumulative", "person"),
    ("russia-minors", "rejected, no number", None, None, None, "cumulative", "person"),
    ("sr003-minors-returned", "several returns", None, 2, None, "cumulative", "event"),
    ("sr004-stranded-1500", "more than 1,500", 1500, 1501, None, "stock", "person"),
    ("residents-and-military-3000", "closer to 3,000", 3000, None, None, "stock", "person"),
    ("ukraine-captured-soldiers", "nearly 1K", 1000, None, 999, "cumulative", "person"),
    ("residents-neglect", "multiple protests", None, 2, None, "cumulative", "event"),
]


@pytest.mark.parametrize(("statement", "text", "value", "low", "high", "measure", "unit"), REGISTER)
def test_the_register_of_figures(statement, text, value, low, high, measure, unit):
    row = count(statement, text)

    assert (row.stated_value, row.low, row.high) == (value, low, high)
    assert (row.measure, row.unit) == (measure, unit)
    assert row.is_published


def test_there_are_no_figures_but_those_of_the_register():
    assert ReportedCount.objects.count() == len(REGISTER)


def test_the_46_came_by_belarus_and_44_of_them_are_nobody_yet():
    batch = RepatriationBatch.objects.get(code="kursk-2024-11-22")
    slots = BatchSlot.objects.filter(batch=batch)

    assert (batch.status, batch.arrived_edtf, batch.destination) == ("arrived", "2024-11-22", None)
    assert slots.count() == 46
    assert slots.filter(age_class="child").count() == 12
    assert slots.filter(individual__isnull=True).count() == 44
    legs = RouteLeg.objects.filter(route=batch.route).order_by("number")
    assert [(leg.from_place.iso_3166_1, leg.to_place.iso_3166_1) for leg in legs] == [
        ("UA", "BY"),
        ("BY", "RU"),
    ]
    credited = {(m.body.name, m.role, m.statement.code) for m in batch.mediations.all()}
    assert {
        ("International Committee of the Red Cross", "facilitator", "moskalkova-credits"),
        ("Government of Belarus", "facilitator", "moskalkova-credits"),
        ("Government of Belarus", "transit_host", "moskalkova-via-belarus"),
    } <= credited
    assert MediatingBody.objects.count() == 2


def test_the_46_are_one_statement_in_two_reports():
    statement = Statement.objects.get(code="moskalkova-46")

    assert {c.report.code for c in statement.citations.all()} == {"SR-001", "SR-003"}
    assert ReportedCount.objects.filter(stated_value=46).count() == 1


def test_the_roundings_are_linked_and_count_once():
    links = CountLink.objects.filter(kind="rounds", to_count=count("moskalkova-46", "46"))

    assert {link.from_count.stated_text for link in links} == {"almost 50", "nearly fifty"}


def test_the_child_and_the_grandmother():
    child, grandmother = (
        Individual.objects.get(slots__batch__code="kursk-2024-11-22", slots__number=number)
        for number in (1, 13)
    )

    assert (child.identification, child.age_as_stated, child.age_as_of_edtf) == (
        "partly_named",
        3,
        "2024-11-22",
    )
    assert [name.part for name in child.names.all()] == ["given"]
    assert (grandmother.identification, grandmother.names.count()) == ("described", 0)
    ties = FamilyLink.objects.filter(individual=child)
    assert {(t.tie, t.certainty, t.contact is None) for t in ties} == {
        ("mother", "confirmed", False),
        ("grandparent", "confirmed", True),
    }
    mother = Contact.objects.get()
    told = Statement.objects.filter(speakers__contact=mother)
    assert told.count() == 2
    reunion = Assistance.objects.get(kind="family_reunion")
    assert (reunion.individual, reunion.due_edtf) == (child, "2024-11-22")


def test_everybody_named_is_restricted_and_only_back_in_the_country():
    assert {person.sensitivity for person in Individual.objects.all()} == {"restricted"}
    assert not Individual.objects.filter(return_status="home").exists()


def test_the_two_are_in_temporary_accommodation_with_help_promised():
    batch = RepatriationBatch.objects.get(code="kursk-2025-07-04")
    people = Individual.objects.filter(slots__batch=batch)

    assert (batch.kind, batch.arrived_edtf) == ("individual", "2025-07-03/2025-07-04")
    assert len(people) == 2
    for person in people:
        assert person.return_status == "temporary_accommodation"
        assert {(a.kind, a.stage) for a in person.assistance.all()} == {
            ("accommodation", "in_progress"),
            ("payment", "promised"),
            ("documents", "promised"),
            ("medical", "conditional"),
        }


def test_the_eight_are_withheld():
    batch = RepatriationBatch.objects.get(code="kursk-2025-eight")

    assert batch.roster_policy == "withheld"
    assert batch.slots.filter(individual__isnull=True).count() == 8


def test_the_132_cannot_be_decided():
    assert count("moskalkova-132", "132").measure_remarks.startswith("Three readings")


def test_the_3000_are_claimed_by_two_jointly_against_an_estimate():
    joint = Statement.objects.get(code="residents-and-military-3000")

    assert sorted(joint.speakers.values_list("body__name", flat=True)) == [
        "Armed forces of Ukraine",
        "Displaced residents of Kursk Oblast",
    ]
    assert count("sr004-stranded-1500", "more than 1,500").is_estimate
    discrepancy = Discrepancy.objects.get(members__count__stated_value=3000)
    assert (discrepancy.state, discrepancy.members.count()) == ("open", 2)


def test_every_discrepancy_is_open_published_and_entered_by_hand():
    rows = Discrepancy.objects.all()

    assert len(rows) == 8
    assert {(d.state, d.is_published, d.is_automatic) for d in rows} == {("open", True, False)}


def test_smirnov_is_one_official_in_two_discrepancies_and_his_successor_in_none():
    smirnov = Official.objects.get(name__startswith="Smirnov")
    khinshtein = Official.objects.get(name="Alexander Khinshtein")

    assert {n.text for n in smirnov.names.all()} == {"Alexei Smirnov", "Sergei Smirnov"}
    assert set(smirnov.tenures.values_list("place__kind", flat=True)) == {"district", "oblast"}
    kinds = Discrepancy.objects.filter(kind__in=["identity", "office"]).values_list("kind", "state")
    assert sorted(kinds) == [("identity", "open"), ("office", "open")]
    assert "Alexander Hinstein" in {n.text for n in khinshtein.names.all()}
    assert khinshtein.tenures.get().title == "Acting governor"


def test_late_2024_stands_against_august_2024():
    discrepancy = Discrepancy.objects.get(kind="date")

    assert sorted(m.version_text for m in discrepancy.members.all()) == [
        *["August 2024"] * 4,
        "late 2024",
    ]


def test_each_party_of_the_corridor_has_its_own_day():
    rows = Position.objects.filter(negotiation__kind="corridor").order_by("held_earliest", "stance")

    assert [(row.held_edtf, row.stance) for row in rows] == [
        ("2025-02-06", "awaits_request"),
        ("2025-02-06", "ready_if"),
        ("2025-02-10", "evasive"),
        ("2025-02-11", "hopes"),
        ("2025-02-11", "in_contact"),
    ]


def test_other_tracks_are_out_of_scope_and_rejected_without_a_number():
    outside = Population.objects.filter(in_scope=False)

    assert {p.code for p in outside} == {
        "ukrainian-minors",
        "ukrainian-minors-returned",
        "captured-soldiers",
    }
    assert not OutstandingCount.objects.filter(population__in=outside).exists()
    assert CountLink.objects.get(kind="denies").from_count.stated_value is None


def test_the_outstanding_are_one_series_per_claimant_and_the_bridge_holds():
    held = Population.objects.get(code="kursk-held-in-ukraine")

    now = {s.claimant.label: s.latest.interval for s in outstanding(held).series}
    before = outstanding(held, known_at=datetime(2025, 8, 31, tzinfo=UTC)).series
    bridge = bridges(held, start=date(2025, 7, 4), end=date(2025, 9, 1))

    assert {label: str(interval) for label, interval in now.items()} == {
        "Nobody named (SR-000)": "30",
        "Vladimir Medinsky": "21 or more",
    }
    assert [series.latest.stated_text for series in before] == ["30"]
    assert bridge.verdict == BridgeVerdict.CONSISTENT
    assert [str(comparison.expected) for comparison in bridge.comparisons] == ["22"]


def test_another_organisation_reads_the_evidence_and_none_of_the_people():
    stranger = Actor(
        user_id=Individual.objects.earliest("pk").pk,
        organisation_id=Individual.objects.latest("pk").pk,
        role=Role.SUPERVISOR,
        is_cleared_for_restricted=True,
    )

    with acting_as(stranger):
        assert ReportedCount.objects.count() == 22
        assert BatchSlot.objects.count() == 56
        assert not Individual.objects.exists()
        assert not Contact.objects.exists()
