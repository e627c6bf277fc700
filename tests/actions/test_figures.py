"""Figures, contradictions and assessments."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cases.access.gate import Actor, acting_as
from cases.actions import assessments, counts, discrepancies
from cases.models import Discrepancy, DiscrepancyMember, ReportedCount
from cases.vocabulary.counts import CountState, DiscrepancyState, Measure, Qualifier
from cases.vocabulary.organisations import Role
from tests.factories import (
    CountLinkFactory,
    DiscrepancyMemberFactory,
    PopulationFactory,
    RepatriationBatchFactory,
    ReportedCountFactory,
    StatementFactory,
)
from tests.refusals import sentence_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(as_actor):
    with as_actor(Role.CASEWORKER) as actor:
        yield actor


@pytest.fixture
def figure(worker):
    def make(**fields):
        usual = {
            "statement": StatementFactory(),
            "population": fields.get("population") or PopulationFactory(),
            "measure": Measure.STOCK,
            "qualifier": Qualifier.EXACT,
            "stated_value": 30,
            "stated_text": "30",
            "as_of_edtf": "2024-11-22",
        }
        return counts.report(by=worker, **{**usual, **fields})

    return make


def test_empty_bounds_are_filled_in(figure):
    count = figure(qualifier=Qualifier.MORE_THAN, stated_value=20, stated_text="more than 20")

    assert (count.low, count.high) == (21, None)


@pytest.mark.parametrize("qualifier", ["", "roughly"])
def test_an_unknown_qualifier_is_refused_in_words(figure, qualifier):
    assert "is not a qualifier" in sentence_of(figure, qualifier=qualifier)


def test_a_figure_without_its_qualifier_population_or_statement_is_refused(worker):
    with pytest.raises(ValidationError) as refusal:
        counts.report(by=worker, stated_text="30")

    assert {"qualifier", "population", "statement"} <= refusal.value.message_dict.keys()


def test_two_figures_that_cannot_both_be_so_open_a_discrepancy(figure):
    one = figure()
    other = figure(population=one.population, stated_value=31, stated_text="31")

    discrepancy = Discrepancy.objects.get()
    assert discrepancy.is_automatic
    assert discrepancy.title == f"{one.population.title}: 30 or 31"
    assert {side.count for side in discrepancy.members.all()} == {one, other}


def test_a_long_title_does_not_stop_a_figure(figure):
    population = PopulationFactory(title="People " * 28)
    figure(population=population)
    figure(population=population, stated_value=31, stated_text="31")

    assert len(Discrepancy.objects.get().title) == 200


def test_a_figure_is_superseded_and_kept(figure, worker):
    old = figure()

    new = counts.supersede(old, by=worker, version=1, stated_value=46, stated_text="46")

    old.refresh_from_db()
    assert (old.state, old.high, old.version) == (CountState.SUPERSEDED, 30, 2)
    assert old.superseded_at is not None
    assert (new.low, new.high, new.supersedes) == (46, 46, old)
    assert new.population == old.population
    assert not Discrepancy.objects.exists()


def test_a_new_reading_may_leave_the_number_alone(figure, worker):
    new = counts.supersede(figure(), by=worker, version=1, is_estimate=True)

    assert (new.low, new.high, new.is_estimate) == (30, 30, True)


def test_a_figure_is_retracted_with_a_reason(figure, worker):
    count = figure()
    assert sentence_of(counts.retract, count, by=worker, version=1, reason=" ") == (
        "Say why the figure is withdrawn."
    )

    counts.retract(count, by=worker, version=1, reason="Misread.")

    assert ReportedCount.objects.get().retraction_reason == "Misread."
    assert sentence_of(counts.retract, count, by=worker, version=2, reason="Again.") == (
        "A figure is “Retracted” already. Next may be: nothing: it counts no longer."
    )


def test_a_second_reader_verifies(figure, actor_of):
    count, reader = figure(), actor_of(Role.SUPERVISOR)

    with acting_as(reader):
        counts.verify(count, by=reader, version=1)

    assert (count.state, count.verified_by_id) == (CountState.VERIFIED, reader.user_id)


def test_nobody_verifies_an_own_figure(user_of):
    user = user_of(Role.SUPERVISOR)
    count = ReportedCountFactory(recorded_by=user)

    with acting_as(Actor.of(user)) as by:
        assert "somebody who did not record it" in sentence_of(
            counts.verify, count, by=by, version=1
        )


def test_a_superseded_figure_is_not_brought_back_by_verifying_it(actor_of):
    count, reader = ReportedCountFactory(superseded=True), actor_of(Role.SUPERVISOR)

    with acting_as(reader):
        assert sentence_of(counts.verify, count, by=reader, version=1) == (
            "A figure cannot go from “Superseded” to “Verified”. "
            "Next may be: nothing: it counts no longer."
        )


def test_figures_said_to_contradict_each_other_are_a_discrepancy_once(figure, worker):
    one, other = figure(), figure()
    counts.link(by=worker, from_count=one, to_count=other, kind="rounds")
    open_ended = figure(qualifier=Qualifier.ABOUT)
    counts.link(by=worker, from_count=one, to_count=open_ended, kind="contradicts")
    assert not Discrepancy.objects.exists()

    counts.link(by=worker, from_count=one, to_count=other, kind="contradicts")
    counts.link(by=worker, from_count=other, to_count=one, kind="contradicts")

    sides = DiscrepancyMember.objects.filter(discrepancy=Discrepancy.objects.get())
    assert {side.count_id for side in sides} == {one.pk, other.pk}


def test_links_and_populations_can_be_mended(figure, worker):
    population = counts.define_population(
        by=worker, code="held", title="Held", definition="Held.", category="held"
    )
    counts.amend_population(population, by=worker, version=1, title="Held people")
    link = counts.link(by=worker, from_count=figure(), to_count=figure(), kind="rounds")
    counts.amend_link(link, by=worker, version=1, kind="restates")

    assert (population.title, link.kind) == ("Held people", "restates")
    assert CountLinkFactory._meta.model.objects.count() == 1


def test_a_contradiction_has_two_sides(worker):
    side = {"statement": StatementFactory(), "version_text": "August"}

    said = sentence_of(
        discrepancies.open_discrepancy, by=worker, members=[side], title="When", kind="date"
    )

    assert said == "A discrepancy has at least two sides. Add the other one."


def test_sides_become_as_public_as_their_contradiction(worker):
    sides = [{"statement": StatementFactory(), "version_text": word} for word in ("May", "June")]
    found = discrepancies.open_discrepancy(by=worker, members=sides, title="When", kind="date")
    discrepancies.amend_side(found.members.all()[0], by=worker, version=1, version_text="Late May")

    discrepancies.amend(
        found, by=worker, version=1, state=DiscrepancyState.BOTH_STAND, rationale="Both are so."
    )
    assert not DiscrepancyMember.objects.filter(is_published=True).exists()
    discrepancies.amend(found, by=worker, version=2, is_published=True)
    assert DiscrepancyMember.objects.filter(is_published=True).count() == 2


def test_an_assessment_rests_on_claims_about_its_own_population(figure, worker):
    count = figure()
    fields: dict[str, Any] = {"as_of_edtf": "2024-11-22", "low": 30, "method": "The only claim."}

    said = sentence_of(
        assessments.assess, by=worker, adopts=[count], population=PopulationFactory(), **fields
    )
    assert said.startswith("An assessment rests on claims about its own population.")

    made = assessments.assess(by=worker, adopts=[count], population=count.population, **fields)
    assert [basis.count for basis in made.bases.all()] == [count]


def test_an_assessment_is_approved_once_by_somebody_else(worker, actor_of):
    made = assessments.assess(
        by=worker, population=PopulationFactory(), as_of_edtf="2024", low=21, method="Lowest."
    )
    assessments.amend(made, by=worker, version=1, low=22)
    first, second = actor_of(Role.SUPERVISOR), actor_of(Role.SUPERVISOR)

    with acting_as(first):
        assessments.approve(made, by=first, version=2)
    with acting_as(second):
        again = sentence_of(assessments.approve, made, by=second, version=3)

    assert made.approved_by_id == first.user_id
    assert again == sentence_of(assessments.amend, made, by=worker, version=3, low=23)
    assert again == "An approved assessment is not changed. Propose a new one."


def test_nobody_approves_an_own_assessment(as_actor):
    with as_actor(Role.SUPERVISOR) as by:
        made = assessments.assess(
            by=by, population=PopulationFactory(), as_of_edtf="2024", low=21, method="Lowest."
        )
        assert "Somebody else than its maker" in sentence_of(
            assessments.approve, made, by=by, version=1
        )


def test_a_side_may_be_one_of_several(worker):
    member = DiscrepancyMemberFactory()
    discrepancies.add_side(
        by=worker,
        discrepancy=member.discrepancy,
        statement=StatementFactory(),
        version_text="neither",
    )
    assert member.discrepancy.members.count() == 2


def test_a_better_reading_ends_the_contradiction_it_had(figure, worker):
    first = figure()
    wrong = figure(population=first.population, stated_value=1, stated_text="1")
    assert Discrepancy.objects.get().state == DiscrepancyState.OPEN

    counts.supersede(wrong, by=worker, version=1, stated_value=30, stated_text="30")

    assert Discrepancy.objects.get().state == DiscrepancyState.RESOLVED
    assert "superseded" in Discrepancy.objects.get().rationale


def test_a_figure_begins_as_a_draft(figure):
    assert "begins as a draft" in sentence_of(figure, state=CountState.VERIFIED)


def test_a_subgroup_names_the_batch_of_its_whole(figure, organisation):
    whole = figure()
    part = {"part_of": whole, "dimension": "age", "label": "child", "population": whole.population}

    said = sentence_of(figure, **part, batch=RepatriationBatchFactory(organisation=organisation))

    assert "names the batch of its whole" in said


def test_its_maker_alone_changes_a_proposed_assessment(figure, worker, actor_of):
    count = figure()
    proposed = assessments.assess(
        by=worker, population=count.population, as_of_edtf="2024", low=10, method="Read."
    )
    supervisor = actor_of(Role.SUPERVISOR)

    with acting_as(supervisor):
        said = sentence_of(assessments.amend, proposed, by=supervisor, version=1, low=900)

    assert "Its maker alone" in said
