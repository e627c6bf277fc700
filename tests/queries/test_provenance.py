"""From a figure to who said it, in which reports, and who recorded it."""

from uuid import uuid4

import pytest

from cases.access.gate import System
from cases.actions import counts
from cases.queries.provenance import provenance
from cases.vocabulary.counts import LinkKind
from cases.vocabulary.organisations import Role
from cases.vocabulary.reports import DateBasis, QualityFlagKind
from tests.factories import (
    BodyFactory,
    CitationFactory,
    CountLinkFactory,
    DiscrepancyMemberFactory,
    OfficialFactory,
    OrganisationFactory,
    PopulationFactory,
    QualityFlagFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
    SourceReportFactory,
    SpeakerFactory,
    StatementFactory,
    TenureFactory,
)
from tests.queries.scenes import flow, held_and_returned, says, stock

pytestmark = pytest.mark.django_db


def traced(count):
    found = provenance(count.pk)
    assert found is not None
    return found


def test_two_reports_of_one_statement_are_one_origin():
    official = OfficialFactory(name="Tatyana Moskalkova")
    TenureFactory(official=official, title="Commissioner", body=BodyFactory(name="Her office"))
    said = StatementFactory(named=True, channel="telegram", source_term="returned")
    SpeakerFactory(statement=said, official=official)
    newsweek = SourceReportFactory(code="SR-001", publisher=BodyFactory(name="Newsweek"))
    copy = SourceReportFactory(code="SR-003", publisher=None, undated=True, derivative_of=newsweek)
    QualityFlagFactory(report=copy, kind=QualityFlagKind.UNDATED, remarks="A weekday alone.")
    CitationFactory(statement=said, report=copy, relayed_via=BodyFactory(name="An agency"))
    CitationFactory(statement=said, report=newsweek, locator="paragraph 3")
    found = traced(stock(PopulationFactory(), 46, said))
    assert found.corroboration == "2 reports, 1 origin"
    assert found.origin.speakers[0].name == "Tatyana Moskalkova"
    assert found.origin.speakers[0].offices == ("Commissioner, Her office",)
    assert (found.origin.channel.label, found.origin.source_term) == ("Telegram post", "returned")
    first, second = found.relays
    assert (first.code, first.publisher, first.locator) == ("SR-001", "Newsweek", "paragraph 3")
    assert (second.code, second.publisher, second.copy_of) == ("SR-003", "", "SR-001")
    assert (second.basis, second.published_in_words) == (DateBasis.UNKNOWN, "no date")
    assert second.flags[0].remarks == "A weekday alone."
    assert second.relayed_via == "An agency"


def test_a_figure_of_nobody_named_without_a_report():
    found = traced(stock(PopulationFactory(), 30, says()))
    assert found.origin.speakers == ()
    assert found.corroboration == "0 reports, 1 origin"


def test_the_whole_its_subgroups_and_the_batch():
    _, returned = held_and_returned()
    batch = RepatriationBatchFactory(arrived=True, title="The 46")
    whole = flow(returned, 46, says("A"), batch=batch)
    part = ReportedCountFactory(
        population=returned,
        measure=whole.measure,
        statement=whole.statement,
        batch=batch,
        stated_value=12,
        part_of=whole,
        dimension="age",
        label="child",
    )
    assert [claim.value for claim in traced(whole).subgroups] == [12]
    above = traced(part)
    assert above.whole is not None
    assert above.whole.value == 46
    assert above.batch is not None
    assert above.batch.title == "The 46"


def test_links_are_read_from_both_ends():
    held = PopulationFactory()
    exact, rounded = stock(held, 46, says("A")), stock(held, 50, says("B"))
    CountLinkFactory(from_count=rounded, to_count=exact, kind=LinkKind.ROUNDS, remarks="Headline")
    [there], [here] = traced(rounded).ties, traced(exact).ties
    assert (there.is_from_here, there.other.value) == (True, 46)
    assert (here.is_from_here, here.other.value, here.remarks) == (False, 50, "Headline")


def test_a_superseded_figure_leads_to_its_successor_and_back():
    count = stock(PopulationFactory(), 30, says("A"))
    newer = counts.supersede(
        count, by=System("tests"), version=1, stated_value=31, stated_text="31"
    )
    old, new = traced(count), traced(newer)
    assert old.ended is not None
    assert not old.ended.is_retracted
    assert [claim.value for claim in old.replaced_by] == [31]
    assert new.ended is None
    assert new.replaces is not None
    assert new.replaces.value == 30


def test_a_retracted_figure_says_why():
    count = stock(PopulationFactory(), 30, says("A"))
    counts.retract(count, by=System("tests"), version=1, reason="Misread.")
    ended = traced(count).ended
    assert ended is not None
    assert (ended.is_retracted, ended.reason) == (True, "Misread.")


def test_its_contradictions_are_listed():
    member = DiscrepancyMemberFactory()
    assert [one.id for one in traced(member.count).contradictions] == [member.discrepancy_id]


def test_the_person_who_recorded_it_is_told_to_the_own_organisation_alone(user_of, as_actor):
    recorder = user_of(Role.CASEWORKER, name="Olga")
    verifier = user_of(Role.SUPERVISOR, name="Ivan")
    count = stock(
        PopulationFactory(),
        30,
        says("A"),
        recorded_by=recorder,
        verified_by=verifier,
        state="verified",
        is_published=True,
    )
    seen = {}
    for key, role, fields in (
        ("own", Role.MANAGER, {}),
        ("auditor", Role.AUDITOR, {}),
        ("other", Role.MANAGER, {"organisation": OrganisationFactory(other=True)}),
    ):
        with as_actor(role, **fields):
            told = traced(count).recorded
            seen[key] = (told.organisation, told.person, told.verified_by)
    assert seen == {
        "own": ("Organisation A", "Olga", "Ivan"),
        "auditor": ("Organisation A", "", ""),
        "other": ("Organisation A", "", ""),
    }


def test_what_one_may_not_see_is_as_if_it_were_not(as_actor):
    batch = RepatriationBatchFactory(arrived=True)
    inside = stock(PopulationFactory(), 30, says("A"))
    public = stock(PopulationFactory(), 31, says("B"), is_published=True, batch=batch)
    CountLinkFactory(from_count=public, to_count=inside, is_published=True)
    with as_actor(Role.MANAGER, organisation=OrganisationFactory(other=True)):
        assert provenance(inside.pk) is None
        assert provenance(uuid4()) is None
        found = traced(public)
    assert (found.ties, found.batch) == ((), None)


def test_as_many_queries_for_many_reports_and_links(
    django_assert_num_queries, django_assert_max_num_queries
):
    held = PopulationFactory()
    few = stock(held, 30, says("A", reports=("SR-1",)))
    many = stock(held, 31, says("B", "C", reports=("SR-2", "SR-3", "SR-4")))
    for count, others in ((few, 1), (many, 4)):
        for _ in range(others):
            CountLinkFactory(to_count=count)
            DiscrepancyMemberFactory(count=count)
    with django_assert_max_num_queries(32) as asked:
        provenance(few.pk)
    with django_assert_num_queries(len(asked)):
        provenance(many.pk)
