"""One series per claimant, each with its bounds; what was known then stays known then."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from cases.access.gate import System
from cases.actions import counts
from cases.models import ReportedCount
from cases.queries.claims import WITHHELD, claims_of
from cases.queries.outstanding import outstanding, side_by_side, sum_of
from cases.queries.overview import spread_in_words
from cases.rules.counts import Interval
from cases.vocabulary.counts import LinkKind, Unit
from cases.vocabulary.organisations import Role
from tests.factories import (
    AssessmentFactory,
    BodyFactory,
    CountLinkFactory,
    OrganisationFactory,
    PopulationFactory,
    ReportedCountFactory,
    SpeakerFactory,
    StatementFactory,
)
from tests.queries.scenes import about, says, stock

pytestmark = pytest.mark.django_db
BY = System("tests")


def moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def texts(answer) -> list[list[str]]:
    return [[claim.stated_text for claim in series.claims] for series in answer.series]


def test_each_claimant_has_one_series_the_newest_first(now):
    held = PopulationFactory()
    stock(held, 40, says("Medinsky"), as_of_edtf="2025-01")
    stock(held, 30, says(reports=("SR-000",)), as_of_edtf="2025-07-04")
    stock(held, 20, says("Medinsky"), more_than=True, as_of_edtf="2025-08")
    answer = outstanding(held, valid_at=date(2025, 9, 1))
    assert texts(answer) == [["40", "more than 20"], ["30"]]
    medinsky, nobody = answer.series
    assert medinsky.latest.interval == Interval(21, None)
    assert nobody.claimant.is_unattributed
    assert nobody.claimant.label == "Nobody named (SR-000)"
    assert (answer.lowest, answer.highest) == (21, None)


def test_two_reports_that_name_nobody_are_two_series():
    held = PopulationFactory()
    stock(held, 30, says(reports=("SR-000",)))
    stock(held, 31, says(reports=("SR-001",)))
    assert len(outstanding(held).series) == 2


def test_a_joint_claim_is_one_series_whatever_the_order_of_its_speakers():
    held = PopulationFactory()
    about(held, 3000, says("Residents", "The military"), as_of_edtf="2025-01")
    about(held, 2900, says("The military", "Residents"), as_of_edtf="2025-02")
    stock(held, 1500, says("The military"), as_of_edtf="2025-02")
    joint = [series for series in outstanding(held).series if series.claimant.is_joint]
    assert [[claim.stated_text for claim in series.claims] for series in joint] == [
        ["about 3,000", "about 2,900"]
    ]


def test_a_claim_about_a_later_day_does_not_count_yet_and_an_undated_one_always_does():
    held = PopulationFactory()
    stock(held, 30, says("A"), as_of_edtf="2025-07-04")
    stock(held, 31, says("B"), as_of_edtf="2025-07-05")
    stock(held, 32, says("C"), as_of_edtf="")
    stock(held, 33, says("D"), as_of_edtf="2025-07")
    answer = outstanding(held, valid_at=date(2025, 7, 4))
    assert {series.latest.stated_text for series in answer.series} == {"30", "32", "33"}


def test_known_at_hides_what_was_recorded_later():
    held = PopulationFactory()
    stock(held, 30, says("A"), recorded_at=moment(2025, 7, 4))
    stock(held, 20, says("B"), recorded_at=moment(2025, 9, 1), more_than=True)
    assert texts(outstanding(held, known_at=moment(2025, 8, 1))) == [["30"]]
    assert len(outstanding(held, known_at=moment(2025, 9, 1)).series) == 2


def test_a_superseded_figure_is_there_for_who_asks_what_was_known_before(now):
    held, said = PopulationFactory(), says("A")
    with now(2025, 7, 4):
        first = stock(held, 30, said, recorded_at=moment(2025, 7, 4))
    with now(2025, 7, 10):
        counts.supersede(first, by=BY, version=1, stated_value=31, stated_text="31")
    assert texts(outstanding(held, known_at=moment(2025, 7, 9))) == [["30"]]
    assert texts(outstanding(held, known_at=moment(2025, 7, 11))) == [["31"]]


def test_a_retracted_figure_is_there_for_who_asks_what_was_known_before(now):
    held = PopulationFactory()
    count = stock(held, 30, says("A"), recorded_at=moment(2025, 7, 4))
    with now(2025, 7, 10):
        counts.retract(count, by=BY, version=1, reason="Misread.")
    assert texts(outstanding(held, known_at=moment(2025, 7, 9))) == [["30"]]
    assert texts(outstanding(held, known_at=moment(2025, 7, 11))) == []


def test_a_rounding_is_left_out_from_when_the_link_was_known():
    held = PopulationFactory()
    exact = stock(held, 46, says("A"), recorded_at=moment(2025, 1, 1))
    rounded = stock(held, 50, says(reports=("SR-1",)), recorded_at=moment(2025, 1, 1))
    CountLinkFactory(
        from_count=rounded,
        to_count=exact,
        kind=LinkKind.ROUNDS,
        recorded_at=moment(2025, 2, 1),
    )
    assert len(outstanding(held, known_at=moment(2025, 1, 2)).series) == 2
    assert texts(outstanding(held, known_at=moment(2025, 2, 2))) == [["46"]]


def test_subgroups_other_units_and_other_measures_are_no_series():
    held = PopulationFactory()
    ReportedCountFactory(population=held, stated_value=12, children=True)
    ReportedCountFactory(population=held, unit=Unit.HOUSEHOLD)
    ReportedCountFactory(population=held, measure="cumulative")
    assert texts(outstanding(held)) == [["30"]]  # the whole of the children alone


def test_the_adopted_figure_is_the_latest_approved_by_then(now):
    held = PopulationFactory()
    with now(2025, 1, 1):
        AssessmentFactory(population=held, as_of_edtf="2024-12", low=25, approved=True)
    with now(2025, 3, 1):
        AssessmentFactory(population=held, as_of_edtf="2025-02", low=21, approved=True)
    AssessmentFactory(population=held, as_of_edtf="2025-02", low=1)
    before = outstanding(held, valid_at=date(2025, 6, 1), known_at=moment(2025, 2, 1)).adopted
    after = outstanding(held, valid_at=date(2025, 6, 1), known_at=moment(2025, 4, 1)).adopted
    assert before is not None
    assert after is not None
    assert (before.interval, after.interval) == (Interval(25, None), Interval(21, None))


def test_several_populations_keep_their_claims_apart_in_as_many_queries(
    django_assert_num_queries, django_assert_max_num_queries
):
    populations = [PopulationFactory() for _ in range(4)]
    for number, population in enumerate(populations):
        stock(population, 30 + number, says("A", reports=(f"SR-{number}",)))
    with django_assert_max_num_queries(14) as one:
        side_by_side(populations[:1])
    with django_assert_num_queries(len(one)):
        answers = side_by_side(populations)
    assert [texts(answer) for answer in answers] == [[["30"]], [["31"]], [["32"]], [["33"]]]


def test_a_claim_is_stale_after_half_a_year():
    held = PopulationFactory()
    stock(held, 30, says("A"), as_of_edtf="2025-01-01")
    for day, is_stale in ((date(2025, 6, 30), False), (date(2025, 7, 1), True)):
        answer = outstanding(held, valid_at=day)
        assert answer.is_stale(answer.series[0].latest) is is_stale


def test_a_sum_over_two_populations_is_refused_with_a_sentence():
    one, other = PopulationFactory(), PopulationFactory()
    stock(one, 30, says("A"))
    stock(other, 8, says("A"))
    claims = [outstanding(group).series[0].latest for group in (one, other)]
    with pytest.raises(ValidationError, match="different populations cannot be added"):
        sum_of(claims)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ([], "Nobody has claimed a figure."),
        ([("30", 30, 30)], "One claimant. The lowest bound given is 30; the highest is 30."),
        (
            [("30", 30, 30), ("more than 20", 21, None)],
            (
                "2 claimants, side by side: “30” and “more than 20”. The lowest bound given is 21; "
                "there is no highest, for at least one claim gives no upper bound."
            ),
        ),
        ([("about 3,000", None, None)], "One claimant. No bound follows from what was said."),
        (
            [("almost 50", None, 49), ("at most 60", None, 60)],
            (
                "2 claimants, side by side: “almost 50” and “at most 60”. "
                "No lower bound is given; the highest is 60."
            ),
        ),
    ],
)
def test_the_spread_is_told_in_words(made, words):
    held = PopulationFactory()
    for number, (text, low, high) in enumerate(made):
        row = stock(held, 1, says(f"Speaker {number}"), as_of_edtf=f"2025-0{9 - number}")
        ReportedCount.objects.filter(pk=row.pk).update(
            stated_text=text, low=low, high=high, qualifier="unknown"
        )
    assert spread_in_words(outstanding(held, valid_at=date(2026, 1, 1)).series) == words


def test_a_private_speaker_is_named_by_a_reference_to_who_may_read_the_contact(as_actor):
    held = PopulationFactory()
    speaker = SpeakerFactory(private=True, contact__reference="informant-1")
    stock(held, 30, speaker.statement, is_published=True)
    for fields, label in (
        ({"is_cleared_for_restricted": True}, "Contact informant-1"),
        ({"organisation": OrganisationFactory(other=True)}, WITHHELD),
    ):
        with as_actor(Role.CASEWORKER, **fields):
            assert outstanding(held).series[0].claimant.label == label


def test_a_body_speaks_under_its_name():
    held = PopulationFactory()
    said = StatementFactory(named=True)
    SpeakerFactory(statement=said, official=None, body=BodyFactory(name="The ombudsman"))
    stock(held, 30, said)
    [series] = outstanding(held).series
    assert series.claimant.label == "The ombudsman"
    assert series.latest.age_in_days(date(2024, 11, 25)) == 3


def test_a_figure_without_a_date_has_no_age():
    held = PopulationFactory()
    stock(held, 30, says("A"), as_of_edtf="")
    [series] = outstanding(held).series
    assert series.latest.age_in_days(date(2025, 1, 1)) is None


def test_nobody_hides_a_claim_of_another_organisation(other_organisation):
    held = PopulationFactory()
    claim = stock(held, 30, says("A"), is_published=True)
    other = stock(held, 31, says("B"), organisation=other_organisation, is_published=True)
    CountLinkFactory(
        from_count=claim, to_count=other, kind=LinkKind.ROUNDS, organisation=other_organisation
    )

    assert {series.claimant.label for series in outstanding(held).series} == {"A", "B"}


def test_who_restates_a_figure_claims_it_too():
    held = PopulationFactory()
    first, second = stock(held, 30, says("A")), stock(held, 30, says("B"))
    CountLinkFactory(from_count=second, to_count=first, kind=LinkKind.RESTATES)

    assert {series.claimant.label for series in outstanding(held).series} == {"A", "B"}


def test_a_rounding_stands_alone_once_its_figure_is_retracted(now):
    held = PopulationFactory()
    exact = stock(held, 46, says("A"), retracted=True)
    rounded = stock(held, 50, says("B"))
    CountLinkFactory(from_count=rounded, to_count=exact, kind=LinkKind.ROUNDS)

    assert texts(outstanding(held)) == [["50"]]


def test_a_later_claim_with_an_open_beginning_is_the_latest(now):
    held = PopulationFactory()
    speaker = says("A")
    with now(2025, 5, 1):
        stock(held, 30, speaker, as_of_edtf="2025-04-01")
    with now(2025, 6, 2):
        stock(held, 20, speaker, as_of_edtf="../2025-06-01")

    assert outstanding(held).series[0].latest.value == 20


@pytest.mark.parametrize("fields", [{}, {"label": "child", "dimension": "age"}])
def test_neither_a_stock_nor_a_part_is_added(fields):
    held = PopulationFactory()
    measure = "flow_of_event" if fields else "stock"
    whole = stock(held, 46, says("A"), measure=measure)
    part = fields and stock(held, 12, says("A"), measure=measure, part_of=whole, **fields)
    claims = claims_of(ReportedCount.objects.filter(population=held))

    with pytest.raises(ValidationError, match="in its whole" if part else "side by side"):
        sum_of(claims)
