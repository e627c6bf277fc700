"""Views of one's own, and figures that stay as they stood."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from cases import clock
from cases.access.gate import System, acting_as
from cases.actions import counts, kept_pages
from cases.models import AuditEntry, FrozenPage, SavedView
from cases.queries import kept_pages as keeping
from cases.rules.kept_pages import fingerprint
from cases.vocabulary.organisations import Role
from tests.dashboards.test_pages import text
from tests.factories import (
    AssessmentFactory,
    FrozenPageFactory,
    OrganisationFactory,
    PopulationFactory,
    SavedViewFactory,
)
from tests.queries.scenes import says, stock
from tests.trails import unguarded

pytestmark = pytest.mark.django_db
KEPT, VIEWS, SNAPSHOTS = "/dashboard/kept/", "/dashboard/kept/views/", "/dashboard/kept/snapshots/"
HELD = "population=held&valid_at=2025-08-31"
INSIDE = [role for role in Role if role != Role.PARTNER]


def after_today(words: str) -> str:
    """What the page shows of then, under what it says of today."""
    return words.split("Open the page of today")[1]


def save(client, **fields):
    return client.post(
        VIEWS, {"page": "outstanding", "query": HELD, "name": "Before Minsk", **fields}
    )


def freeze(client, **fields):
    asked = {"page": "outstanding", "query": "population=held", "name": "Minsk", **fields}
    return client.post(SNAPSHOTS, asked)


@pytest.mark.parametrize("role", INSIDE)
def test_every_reader_keeps_opens_renames_and_removes_a_view(role, client_of, scene):
    client = client_of(role)
    assert save(client).status_code == 302
    view = SavedView.objects.get()
    assert view.query == HELD
    assert "Before Minsk" in text(client.get(KEPT))
    assert client.get(f"{VIEWS}{view.pk}/")["Location"] == f"/dashboard/outstanding/?{HELD}"
    change = f"{VIEWS}{view.pk}/change/"

    assert client.post(change, {"name": "After Minsk", "version": "1"}).status_code == 302
    assert client.post(change, {"name": "Too late", "version": "1"}).status_code == 409
    assert "After Minsk" in text(client.get(KEPT))
    assert client.post(change, {"remove": "yes"}).status_code == 302

    assert not SavedView.objects.exists()
    acts = AuditEntry.objects.filter(target_id=view.pk).values_list("act", flat=True)
    assert len(acts) == 3


@pytest.mark.parametrize("is_same_organisation", [True, False])
def test_somebody_elses_view_is_no_view(is_same_organisation, client_of):
    client = client_of(Role.MANAGER)
    owner = {"organisation": client.user.organisation} if is_same_organisation else {
        "organisation": OrganisationFactory(other=True)
    }  # fmt: skip
    view = SavedViewFactory(name="Not yours", **owner)
    for path in ("{}/", "{}/change/"):
        ask = client.get if path == "{}/" else client.post
        answers = [
            ask(VIEWS + path.format(key)) for key in (view.pk, uuid4(), "nonsense", "9" * 40)
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
    assert "Not yours" not in text(client.get(KEPT))
    assert SavedView.objects.filter(pk=view.pk).exists()


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"name": ""}, 400, "Give it a name"),
        ({"name": "x" * 101}, 400, "100"),
        ({"name": "a\u202eb"}, 400, "This text has"),
        ({"page": "figure"}, 400, "is no page that can be kept"),
        ({"page": "x" * 300}, 400, "is no page that can be kept"),
        ({"page": "caseload", "query": "x=1"}, 400, "This page knows"),
        ({"query": "valid_at=2025-02-30"}, 400, "is not a day that valid_at can be"),
        ({"query": "populaton=held"}, 400, "This page knows: population"),
        ({"query": "population=held&population=held"}, 400, "more than once"),
        ({"query": "population=" + "9" * 600}, 400, "too long to be kept"),
        ({"query": "population=a%00b"}, 404, "no such population"),
        ({"page": "discrepancies", "query": "state=gone"}, 400, "is not a state"),
        ({"page": "changes", "query": "since=2199-01-01"}, 400, "has not come yet"),
        ({"page": "overview", "query": "x=1"}, 400, "This page knows none"),
    ],
)
def test_a_view_that_its_page_cannot_read_is_not_kept(manager, scene, fields, status, sentence):
    response = save(manager, **fields)
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert not SavedView.objects.exists()


def test_a_name_is_taken_once_by_each_user(manager, client_of, scene):
    assert save(manager).status_code == 302
    again = save(manager)
    assert again.status_code == 400
    assert "You have a view of this name" in again.content.decode()
    assert save(client_of(Role.MANAGER)).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "²"])
def test_a_version_that_is_none_is_refused(manager, scene, version):
    save(manager)
    key = SavedView.objects.get().pk
    response = manager.post(f"{VIEWS}{key}/change/", {"name": "B", "version": version})
    assert response.status_code == 400


def test_nobody_changes_somebody_elses_view(actor_of):
    view = SavedViewFactory()
    by = actor_of(Role.SUPERVISOR)
    with pytest.raises(PermissionDenied, match="only whoever kept it"):
        kept_pages.rename(view, by=by, version=1, name="Mine")
    with pytest.raises(PermissionDenied, match="only whoever kept it"):
        kept_pages.remove(view, by=by)
    with pytest.raises(PermissionDenied, match="only whoever kept it"):
        kept_pages.discard(FrozenPageFactory(), by=by)


def test_frozen_figures_are_the_same_in_a_year_and_differences_are_told(manager, scene):
    AssessmentFactory(population=scene["held"], low=21, approved=True)
    address = freeze(manager)["Location"]
    before = text(manager.get(address))
    assert "Nothing differs: the page would show the same today." in before
    for word in ("Vladimir Medinsky", "more than 20", "30", "21 or more", "Consistent"):
        assert word in before
    content = FrozenPage.objects.get().content

    with clock.fixed(clock.now() + timedelta(days=365)):
        counts.supersede(
            scene["thirty"], by=System("tests"), version=1, stated_text="28", stated_value=28
        )
        stock(scene["held"], 19, says("Zhanna"), as_of_edtf="2025-09", is_published=True)
        manager.force_login(manager.user)
        words = text(manager.get(address))

    row = FrozenPage.objects.get()
    assert row.content == content
    assert row.is_whole
    assert "Superseded" in words
    assert "Zhanna" in words
    assert "28" in words
    assert "1 figure is as it was" in words
    assert after_today(before) == after_today(words)


def test_the_overview_freezes_the_latest_of_each_claimant(manager, scene):
    stock(scene["held"], 50, says("Vladimir Medinsky"), as_of_edtf="2025-01", is_published=True)
    address = freeze(manager, page="overview", query="")["Location"]
    words = text(manager.get(address))
    assert "more than 20" in words
    assert " 50 " not in words
    kept = keeping.read(FrozenPage.objects.get().content)
    assert {figure.id for figure in kept.figures} == {
        str(scene["thirty"].pk),
        str(scene["twenty"].pk),
    }


def test_a_snapshot_as_known_then_is_held_against_what_is_known_now(manager, scene):
    late = datetime(2030, 1, 1, 12, tzinfo=UTC)
    stock(scene["held"], 99, says("Zhanna"), as_of_edtf="2025-08-25", recorded_at=late)
    with clock.fixed(late + timedelta(days=9)):
        manager.force_login(manager.user)
        query = "population=held&valid_at=2025-08-31&known_at=2029-12-31"
        address = freeze(manager, query=query)["Location"]
        words = text(manager.get(address))
    assert "99" in words
    assert "not there" in words


def test_a_snapshot_in_another_language_differs_in_nothing(manager, scene):
    manager.post("/admin/language/", {"language": "ru", "next": "/dashboard/"})
    address = freeze(manager)["Location"]
    frozen = keeping.read(FrozenPage.objects.get().content)
    with acting_as(System("tests")):
        assert keeping.compare(frozen, keeping.read(frozen.as_text())).is_same
    manager.post("/admin/language/", {"language": "en-gb", "next": "/dashboard/"})
    assert "Nothing differs" in text(manager.get(address))


def test_what_was_touched_is_not_shown(manager, scene):
    address = freeze(manager)["Location"]
    with unguarded():
        row = FrozenPage.objects.get()
        FrozenPage.objects.update(content=row.content.replace("more than 20", "more than 90"))
    response = manager.get(address)
    words = text(response)
    assert "is not as it was frozen" in words
    assert "more than" not in words


def test_the_database_itself_does_not_change_a_snapshot(manager, scene):
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite the fingerprint alone tells.")
    freeze(manager)
    with pytest.raises(Exception, match="permission denied"):
        FrozenPage.objects.update(name="Otherwise")


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"page": "discrepancies", "query": ""}, 400, "cannot be frozen"),
        ({"page": "nothing", "query": ""}, 400, "is no page that can be kept"),
        ({"name": " "}, 400, "Give it a name"),
        ({"query": "population=nobody"}, 404, "no such population"),
        ({"query": "known_at=9999-12-31"}, 400, "is not a day that known_at can be"),
    ],
)
def test_what_cannot_be_frozen_is_refused(manager, scene, fields, status, sentence):
    response = freeze(manager, **fields)
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert not FrozenPage.objects.exists()


def test_a_page_without_a_population_freezes_nothing(manager):
    assert freeze(manager, query="").status_code == 404


def test_which_population_is_shown_unasked_is_kept_with_it(manager, scene):
    freeze(manager, query="")
    assert FrozenPage.objects.get().query == "population=held"


def test_the_name_of_a_snapshot_is_taken_once(manager, scene):
    freeze(manager)
    response = freeze(manager)
    assert response.status_code == 400
    assert "There is a snapshot of this name" in response.content.decode()


def test_a_foreign_or_forged_snapshot_is_none(client_of):
    row = FrozenPageFactory()
    client = client_of(Role.MANAGER, organisation=OrganisationFactory(other=True))
    answers = [client.get(f"{SNAPSHOTS}{key}/") for key in (row.pk, uuid4(), "nonsense", "9" * 40)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert row.name not in text(client.get(KEPT))


@pytest.mark.parametrize("role", [role for role in INSIDE if role != Role.ADMINISTRATOR])
def test_the_organisation_reads_a_snapshot_and_only_its_maker_takes_it_away(
    role, client_of, manager, scene
):
    address = freeze(manager)["Location"]
    other = client_of(role)
    page = text(other.get(address))
    assert "more than 20" in page
    assert "Take this snapshot away" not in page
    assert other.post(f"{address}discard/", {"sure": "yes"}).status_code == 403
    assert manager.post(f"{address}discard/").status_code == 400
    assert "Take this snapshot away" in text(manager.get(address))
    assert manager.post(f"{address}discard/", {"sure": "yes"}).status_code == 302
    assert not FrozenPage.objects.exists()


def test_an_administrator_sees_nothing_of_an_organisations_and_freezes_nothing(
    client_of, manager, scene
):
    address = freeze(manager)["Location"]
    client = client_of(Role.ADMINISTRATOR)
    assert client.get(address).status_code == 404
    assert freeze(client, name="Another").status_code == 403


def test_it_holds_nothing_that_some_reader_may_not_see(client_of, scene):
    """Whoever is cleared for restricted people freezes what all may read."""
    cleared = client_of(Role.SUPERVISOR, is_cleared_for_restricted=True, is_movement_cell=True)
    freeze(cleared, page="overview", query="", name="By one who sees more")
    mine = FrozenPage.objects.get()
    auditor = client_of(Role.AUDITOR)
    freeze(auditor, page="overview", query="", name="By one who sees less")
    other = FrozenPage.objects.exclude(pk=mine.pk).get()
    one, two = keeping.read(mine.content), keeping.read(other.content)
    assert (one.figures, one.own, one.disputes) == (two.figures, two.own, two.disputes)


def test_a_fingerprint_that_does_not_fit_is_refused():
    with pytest.raises(ValidationError, match="Freeze the page anew"):
        FrozenPageFactory(sha256=fingerprint("other"))


def test_what_is_kept_is_read_as_it_was_written(scene):
    PopulationFactory()
    frozen = keeping.frozen(scene["held"], by=System("tests"))
    assert keeping.read(frozen.as_text()) == frozen


@pytest.mark.parametrize("path", [VIEWS, SNAPSHOTS])
def test_keeping_is_done_by_post_alone(manager, path):
    assert manager.get(path).status_code == 405
