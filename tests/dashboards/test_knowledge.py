"""What changed: what was learned, replaced and withdrawn, and what left in a file before."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cases import clock
from cases.access.gate import System, acting_as
from cases.actions import counts, discrepancies, knowledge
from cases.models import AuditEntry, FiguresTaken, ReportedCount, User
from cases.vocabulary.counts import DiscrepancyState, Qualifier
from cases.vocabulary.organisations import Role
from tests.dashboards.taking import content_of
from tests.dashboards.test_pages import figure_of, text
from tests.factories import (
    BatchSlotFactory,
    DiscrepancyFactory,
    OrganisationFactory,
    PopulationFactory,
    RepatriationBatchFactory,
    StatementFactory,
)
from tests.queries.scenes import says, stock

pytestmark = pytest.mark.django_db
CHANGES = "/dashboard/changes/"
SEEN = "/dashboard/changes/seen/"


def take(client, address, **query):
    """Take a file whole, as a browser does."""
    content_of(client.get(address, query))


@pytest.fixture
def old(scene):
    """Everything of the scene was learned long ago."""
    from_before = clock.now() - timedelta(days=60)
    for name in ("thirty", "eight", "twenty"):
        ReportedCount.objects.filter(pk=scene[name].pk).update(
            recorded_at=from_before, updated_at=from_before
        )
    return scene


def test_new_figures_have_claimant_source_and_their_page(manager, scene):
    page = manager.get(CHANGES)
    words = text(page)
    assert "What the tracker has learned in the last 7 days." in words
    assert "New figures 3" in words
    assert "Vladimir Medinsky · SR-002" in words
    assert "Contradictions found 1" in words
    assert "New batches 1" in words
    assert figure_of(scene["thirty"]) in page.content.decode()


def test_what_was_learned_before_is_not_news(manager, old):
    words = text(manager.get(CHANGES, {"since": clock.today().isoformat()}))
    assert "New figures" not in words


def test_a_replaced_figure_stands_beside_what_took_its_place(manager, old):
    new = counts.supersede(
        old["thirty"], by=System("tests"), version=1, stated_text="28", stated_value=28,
        qualifier=Qualifier.EXACT,
    )  # fmt: skip
    page = manager.get(CHANGES)
    words = text(page)
    assert "Replaced figures 1" in words
    assert "30 → replaced by 28" in words
    assert figure_of(new) in page.content.decode()
    assert figure_of(old["thirty"]) in page.content.decode()


def test_a_withdrawn_figure_says_why(manager, old):
    counts.retract(old["thirty"], by=System("tests"), version=1, reason="Never said.")
    words = text(manager.get(CHANGES))
    assert "Withdrawn figures 1" in words
    assert "Never said." in words


def test_a_figure_that_was_withdrawn_at_once_is_not_new(manager, scene):
    counts.retract(scene["thirty"], by=System("tests"), version=1, reason="A slip.")
    words = text(manager.get(CHANGES))
    assert "New figures 2" in words
    assert "Withdrawn figures 1" in words


def test_reviews_and_decisions_are_told(manager, old, actor_of):
    by = actor_of(Role.SUPERVISOR)
    with acting_as(by):
        counts.verify(ReportedCount.objects.get(pk=old["eight"].pk), by=by, version=1)
    one = DiscrepancyFactory(title="Decided")
    discrepancies.amend(
        one, by=System("tests"), version=1, state=DiscrepancyState.BOTH_STAND, rationale="So be it."
    )
    words = text(manager.get(CHANGES))
    assert "Reviewed figures 1" in words
    assert "Contradictions decided 1" in words
    assert "So be it." in words


def test_statements_without_a_figure_are_news(manager):
    StatementFactory(summary="Says nothing of numbers.", modality="denies")
    words = text(manager.get(CHANGES))
    assert "Statements without a figure 1" in words
    assert "Says nothing of numbers." in words


def test_nothing_is_said_to_be_nothing(manager):
    assert "Nothing has changed in this time." in text(manager.get(CHANGES))


def test_seeing_is_remembered_up_to_when_the_page_was_read(manager, old):
    moment = clock.now() - timedelta(hours=1)
    counts.retract(old["thirty"], by=System("tests"), version=1, reason="After the page.")

    assert manager.post(SEEN, {"until": moment.isoformat()}).status_code == 302

    words = text(manager.get(CHANGES))
    assert "since you last said that you had seen it" in words
    assert "After the page." in words
    manager.post(SEEN, {"until": clock.now().isoformat()})
    assert "Nothing has changed in this time." in text(manager.get(CHANGES))
    acts = AuditEntry.objects.filter(target_id=manager.user.pk).values_list("act", flat=True)
    assert list(acts) == ["saw what changed"] * 2


def test_seeing_never_goes_back(manager):
    late, early = clock.now(), clock.now() - timedelta(days=3)
    for moment in (late, early):
        manager.post(SEEN, {"until": moment.isoformat()})
    assert User.objects.get(pk=manager.user.pk).figures_seen_at == late


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTNER])
def test_every_reader_has_seen_for_themselves(role, client_of):
    client = client_of(role)
    assert client.post(SEEN, {"until": clock.now().isoformat()}).status_code == 302
    assert client.get(CHANGES).status_code == 200


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("", "Open it again"),
        ("yesterday", "Open it again"),
        ("2026-13-01T00:00:00+00:00", "Open it again"),
        ("2026-01-01T00:00:00", "Open it again"),
        ("9999-12-31T23:59:59-23:59", "Open it again"),
        ("9000-01-01T00:00:00+00:00", "has not happened yet"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(manager, until, sentence):
    response = manager.post(SEEN, {"until": until})
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_nobody_sees_for_somebody_else(user_of, actor_of):
    with pytest.raises(PermissionDenied, match="somebody else"):
        knowledge.see(user_of(), by=actor_of(Role.MANAGER), until=clock.now())


def test_nobody_has_seen_the_future(user_of, actor_of):
    by = actor_of(Role.MANAGER)
    with pytest.raises(ValidationError, match="has not happened"):
        knowledge.see(
            User.objects.get(pk=by.user_id), by=by, until=clock.now() + timedelta(seconds=1)
        )


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("2025-02-30", "is not a day that since can be"),
        ("9" * 30, "is not a day that since can be"),
        ("2199-01-01", "has not come yet"),
        (["2025-01-01", "2025-01-02"], "more than once"),
    ],
)
def test_a_day_that_cannot_be_gets_a_sentence(manager, since, sentence):
    response = manager.get(CHANGES, {"since": since})
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_another_organisations_unpublished_figure_is_not_told(client_of):
    stock(PopulationFactory(title="Hidden group"), 30, says("A"))
    client = client_of(Role.MANAGER, organisation=OrganisationFactory(other=True))
    words = text(client.get(CHANGES))
    assert "New figures" not in words
    assert "Hidden group" not in words


def test_figures_that_were_taken_and_have_changed_are_told_first(manager, old):
    take(manager, "/dashboard/files/outstanding/", format="csv", population="held")
    assert "Figures you took" not in text(manager.get(CHANGES))

    counts.supersede(old["thirty"], by=System("tests"), version=1, stated_text="thirty in all")

    words = text(manager.get(CHANGES))
    assert "Figures you took that have changed 1" in words
    assert "in outstanding-" in words
    assert "thirty in all" in words


def test_what_somebody_else_took_is_not_told(manager, client_of, old):
    take(client_of(Role.MANAGER), "/dashboard/files/overview/", format="csv")
    counts.retract(old["thirty"], by=System("tests"), version=1, reason="Never said.")
    assert "Figures you took" not in text(manager.get(CHANGES))


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.AUDITOR, Role.PARTNER])
def test_files_of_the_api_are_remembered_too(role, api_of, scene):
    client = api_of(role)
    take(client, "/api/v1/outstanding/", population="held", format="csv")
    kept = FiguresTaken.objects.get()
    assert set(kept.held.splitlines()) == {
        f"{scene['thirty'].pk} 1 30",
        f"{scene['twenty'].pk} 1 more than 20",
    }
    assert not kept.is_cut


def test_a_list_of_figures_is_remembered_and_a_list_of_places_is_not(api_of, scene):
    client = api_of(Role.CASEWORKER)
    take(client, "/api/v1/places/", format="csv")
    assert not FiguresTaken.objects.exists()
    take(client, "/api/v1/reported-counts/", format="xlsx")
    assert len(FiguresTaken.objects.get().held.splitlines()) == 3


def test_of_a_very_long_file_the_first_figures_are_remembered(manager, scene, monkeypatch):
    for module in ("cases.actions.reads", "cases.exchange.tables"):
        monkeypatch.setattr(f"{module}.MOST_FIGURES", 1)
    take(manager, "/dashboard/files/overview/", format="csv")
    kept = FiguresTaken.objects.get()
    assert len(kept.held.splitlines()) == 1
    assert kept.is_cut


def grow(scene) -> None:
    for number in range(3):
        said = says(f"Speaker {number}", reports=(f"SR-{ReportedCount.objects.count()}9",))
        new = stock(scene["held"], 40 + number, said, as_of_edtf=f"2025-0{number + 1}")
        counts.supersede(new, by=System("tests"), version=1, stated_text="about")
        StatementFactory()
        BatchSlotFactory(batch=RepatriationBatchFactory(arrived=True))


def test_the_page_asks_as_often_for_many_as_for_few(
    manager, scene, django_assert_num_queries, django_assert_max_num_queries
):
    take(manager, "/dashboard/files/overview/", format="csv")
    grow(scene)
    with django_assert_max_num_queries(90) as few:
        manager.get(CHANGES)
    grow(scene)
    with django_assert_num_queries(len(few)):
        manager.get(CHANGES)


def test_the_address_says_since_when(manager):
    day = datetime(2026, 1, 2, tzinfo=UTC).date()
    assert reverse("dashboards:changes") == CHANGES
    assert "since 2 January 2026" in text(manager.get(CHANGES, {"since": day.isoformat()}))
