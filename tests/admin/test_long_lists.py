"""Lists of people at length: how many queries, answered by which index, counted how far.

What is asked is taken from the admins themselves: a new filter or column that no index serves
is found here. `make bench-admin` measures the same at a million.
"""

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from cases import models as m
from cases.access.actor import Actor
from cases.access.gate import System, acting_as
from cases.admin import paging
from cases.models import User
from cases.vocabulary.organisations import Role
from tests.admin.samples import ADMINS, url
from tests.crowds import load
from tests.factories import GrantFactory
from tests.trails import run_as_owner

PEOPLE = 12_000
CASEWORKER = Role.CASEWORKER
LONG = (m.Individual, m.IndividualName)
TABLES = tuple(model._meta.db_table for model in LONG)
DEEP = 50
RECORDED = {
    "": (5, "individual_listed"),
    f"?p={DEEP}": (6, "individual_listed"),
    "?o=1": (5, "sqlite_autoindex_cases_individual_2"),
    "?work_status__exact=open": (5, "individual_listed"),
    "?sex__exact=other": (2, "individual_listed"),
    "?work_status__exact=closed&priority__exact=urgent": (5, "individual_listed"),
}
"""How many queries a list of people takes, and the index that SQLite answers its first page by.

PostgreSQL chooses by what it has counted: of so few people it reads now one index, now another.
"""


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """Load a crowd once, and take it away at the end with all that the tests add."""
    with django_db_blocker.unblock(), transaction.atomic(), acting_as(System("tests")):
        organisations = load(PEOPLE, organisations=3, only=LONG)
        for table in TABLES:
            run_as_owner(f"ANALYZE {table}")
        yield organisations
        transaction.set_rollback(True)


@pytest.fixture
def reader_of(crowd, user_of):
    """Give somebody of an organisation with a third of the crowd."""

    def make(role: str) -> User:
        made: User = user_of(role, organisation=crowd[0])
        return made

    return make


def listed(user: User, model: Any, query: str = "") -> tuple[Any, list[str]]:
    """Make a list as its page does; give it, and the queries that it took."""
    request = RequestFactory().get(url(model) + query)
    request.user = user
    with acting_as(Actor.of(user)), CaptureQueriesContext(connection) as caught:
        shown = ADMINS[model].get_changelist_instance(request)
        list(shown.result_list)
    return shown, [query["sql"] for query in caught.captured_queries]


def of_people(queries: list[str]) -> list[str]:
    return [sql for sql in queries if any(f'"{table}"' in sql for table in TABLES)]


def offered(user: User, model: Any) -> list[str]:
    """Give what a list offers: itself, deep in it, by each column, each choice of each filter."""
    shown, _ = listed(user, model)
    columns = range(len(shown.list_display))
    orders = [f"?o={sign}{number}" for number in columns for sign in ("", "-")]
    choices = [
        choice["query_string"] for spec in shown.filter_specs for choice in spec.choices(shown)
    ]
    searches = ["?q=C-000042", "?q=42", "?q=Olena+Belova"]
    return list(dict.fromkeys(["", f"?p={DEEP}", *orders, *choices, *searches]))


def plan(user: User, sql: str) -> list[str]:
    """Say how the database answers whoever asks."""
    how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with acting_as(Actor.of(user)), connection.cursor() as cursor:
        cursor.execute(f"{how} {sql}")
        return [str(row[-1]).strip() for row in cursor.fetchall()]


def read_whole(steps: list[str]) -> list[str]:
    """Pick the steps that read a table of people from end to end."""
    tables = "|".join(TABLES)
    whole = rf".*Seq Scan on ({tables})\b.*|SCAN ({tables}|U\d)"
    return [step for step in steps if re.fullmatch(whole, step)]


def check(user: User, queries: list[str]) -> None:
    for sql in queries:
        steps = plan(user, sql)
        assert read_whole(steps) == [], "\n".join([sql, *steps])


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("model", LONG, ids=lambda model: model.__name__)
def test_an_index_answers_whatever_a_list_offers(reader_of, model):
    reader = reader_of(CASEWORKER)
    for query in offered(reader, model):
        check(reader, of_people(listed(reader, model, query)[1]))


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("query", RECORDED)
def test_queries_and_index_are_as_recorded(reader_of, query):
    number, index = RECORDED[query]
    reader = reader_of(CASEWORKER)

    _shown, queries = listed(reader, m.Individual, query)

    assert len(queries) == number, "\n".join(queries)
    for sql in of_people(queries)[:2]:
        steps = plan(reader, sql)
        assert read_whole(steps) == []
        assert f" {index} " in "\n".join(steps) or connection.vendor == "postgresql"


@pytest.mark.slow
@pytest.mark.django_db
def test_an_index_answers_where_cases_are_shared(reader_of, crowd):
    reader = reader_of(CASEWORKER)
    theirs = m.Individual.objects.filter(organisation=crowd[1], sensitivity="standard")[:3]
    for person in theirs:
        GrantFactory(individual=person, organisation=crowd[1], recipient=crowd[0])

    for query in RECORDED:
        check(reader, of_people(listed(reader, m.Individual, query)[1]))
    with acting_as(Actor.of(reader)):
        assert m.Individual.objects.filter(pk__in=[person.pk for person in theirs]).count() == 3


@pytest.mark.slow
@pytest.mark.django_db
def test_the_api_lists_people_by_the_same_indexes(reader_of, api_of):
    reader = reader_of(CASEWORKER)
    client = api_of(reader)
    first = "/api/v1/individuals/"
    following = client.get(first).json()["next"]

    for address in (first, following, f"{first}?include=count", f"{first}?q=Belova"):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        check(reader, of_people([query["sql"] for query in caught.captured_queries]))


@pytest.mark.django_db
def test_a_table_read_from_end_to_end_is_noticed(reader_of):
    reader = reader_of(CASEWORKER)
    with CaptureQueriesContext(connection) as caught:
        list(m.Individual.objects.filter(circumstances__contains="seldom").order_by())

    assert read_whole(plan(reader, caught.captured_queries[-1]["sql"]))


@pytest.mark.django_db
@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model.__name__)
def test_nothing_is_counted_without_a_bound(model, user_of):
    role = Role.AUDITOR if model is m.AuditEntry else Role.SUPERVISOR
    queries = listed(user_of(role), model)[1]

    counts = [sql for sql in queries if "COUNT(" in sql]
    assert counts
    assert [sql for sql in counts if f"LIMIT {paging.MOST_LISTED + 1}" not in sql] == []


@pytest.mark.django_db
def test_a_list_ends_at_its_bound_and_says_so(reader_of, client_of, monkeypatch):
    monkeypatch.setattr(paging, "MOST_LISTED", 150)
    client = client_of(reader_of(CASEWORKER))

    page = client.get(url(m.Individual), {"p": "3"})

    assert "More than 150 individuals; the first 150 are listed." in page.content.decode()
    assert len(page.context["cl"].result_list) == 50
    assert client.get(url(m.Individual), {"p": "4"}).status_code == 302


@pytest.mark.django_db
def test_a_page_deep_in_a_list_holds_the_rows_of_its_place(reader_of, monkeypatch):
    reader = reader_of(CASEWORKER)

    shown, _ = listed(reader, m.Individual, f"?p={DEEP}")

    with acting_as(Actor.of(reader)):
        first = (DEEP - 1) * shown.list_per_page
        place = shown.queryset[first : first + shown.list_per_page]
        assert list(shown.result_list) == list(place)
        assert place


@pytest.mark.django_db
def test_a_list_is_ordered_by_what_it_offers_to_be_ordered_by(reader_of):
    reader = reader_of(CASEWORKER)

    def order(query: str) -> tuple[Any, ...]:
        return tuple(listed(reader, m.Individual, query)[0].queryset.query.order_by)

    columns = listed(reader, m.Individual)[0].list_display
    number, other = columns.index("case_number"), len(columns) - 1
    assert order(f"?o={number}.{other}") == order(f"?o={number}") != order("")
    assert order(f"?o={other}") == order("?o=-99.x") == order("")
