"""Going round the ORM: in plain SQL the app's role meets what the gate declares."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from cases.access.actor import AnyActor
from cases.access.gate import Actor, Anonymous, System, acting_as
from cases.access.policies import guarded, security
from cases.access.session import every_actor
from cases.models import AuditEntry, AuditHead, Individual, Note, Organisation, User
from cases.vocabulary.organisations import Role
from tests.access.postgres import ON_POSTGRES
from tests.access.postgres.scenes import lay_out, owners
from tests.architecture.test_every_model_has_a_factory import FACTORIES
from tests.factories import IndividualFactory, NoteFactory

pytestmark = [ON_POSTGRES, pytest.mark.django_db]
GUARDED = guarded(apps.get_app_config("cases").get_models())
(FUNCTION,) = (key_set.name for key_set in security(Note).key_sets if "_not_" in key_set.name)
KEPT = [
    model
    for model in GUARDED
    if any(field.name == "organisation" for field in model._meta.concrete_fields)
]


def actors(organisation, user) -> Iterator[tuple[str, AnyActor]]:
    """Everybody a policy tells apart, in one organisation."""
    yield "nobody", Anonymous()
    for label, actor in every_actor():
        if isinstance(actor, System):
            yield label, actor
        else:
            yield label, replace(actor, organisation_id=organisation.pk, user_id=user.pk)


def seen(model, actor):
    """Read the keys in plain SQL, as the app's role."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(f'SELECT "{model._meta.pk.column}" FROM "{model._meta.db_table}"')
        return {key for (key,) in cursor.fetchall()}


def declared(model, condition):
    """Give the keys that a condition of the gate names, read as the system."""
    with acting_as(System("tests")):
        return set(model._base_manager.filter(condition).values_list("pk", flat=True))


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_plain_sql_reads_what_the_gate_declares(model, organisation, other_organisation, user_of):
    me = user_of(Role.PARTNER)
    rows = {row.pk for row in lay_out(model, organisation, other_organisation, me)}

    for label, actor in actors(organisation, me):
        expected = declared(model, model.SCOPE.rows(actor, model.shared))
        assert seen(model, actor) == expected, label
        with acting_as(actor):
            assert set(model.objects.values_list("pk", flat=True)) == expected, label
        assert label != "nobody" or not expected
        assert label != "system" or rows <= expected


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_plain_sql_changes_what_is_kept_and_seen(model, organisation, other_organisation, user_of):
    me = user_of(Role.PARTNER)
    lay_out(model, organisation, other_organisation, me)
    if "UPDATE" in model.SCOPE.never:
        pytest.skip("never changed")
    # The head of a chain only ever moves on.
    column = '"number"' if model is AuditHead else f'"{model._meta.pk.column}"'
    value = f"{column} + 1" if model is AuditHead else column

    for label, actor in actors(organisation, me):
        rows = declared(model, model.SCOPE.rows(actor, model.shared) & model.SCOPE.kept(actor))
        with acting_as(actor), connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{model._meta.db_table}" SET {column} = {value}')
            assert cursor.rowcount == len(rows), label


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_nothing_is_added_to_or_moved_to_another_organisation(
    model, organisation, other_organisation
):
    row, foreign = (
        FACTORIES[model](**owned) for owned in owners(model, organisation, other_organisation)
    )
    foreign.pk = foreign.pk + 1 if isinstance(foreign.pk, int) else uuid4()

    for role in Role:
        actor = Actor(uuid4(), organisation.pk, role)
        with acting_as(actor):
            assert is_refused(lambda: model._base_manager.bulk_create([foreign])), role
            assert moved(model._base_manager.filter(pk=row.pk), other_organisation) == 0


def moved(rows, organisation):
    """Say how many rows were moved; a refusal moves none."""
    try:
        with transaction.atomic():
            return rows.update(organisation=organisation)
    except ProgrammingError:
        return 0


def is_refused(write):
    """Say whether the row security refuses, before any constraint is asked."""
    try:
        with transaction.atomic():
            write()
    except ProgrammingError as refusal:
        return "row-level security" in str(refusal)
    return False


def test_rows_are_deleted_by_the_system_alone(organisation, other_organisation):
    NoteFactory(organisation=organisation)

    for role in Role:
        with acting_as(Actor(uuid4(), organisation.pk, role)), connection.cursor() as cursor:
            cursor.execute("DELETE FROM cases_note")
            assert cursor.rowcount == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_note")
        assert cursor.rowcount == 1
    assert not Note.objects.exists()


def test_one_cannot_be_told_from_the_functions_that_a_policy_uses(organisation, user_of):
    """They look as the system does, and leave the transaction as they found it."""
    IndividualFactory(restricted=True)
    actor = Actor(uuid4(), organisation.pk, Role.CASEWORKER)

    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(f"SELECT {FUNCTION}()")
        cursor.execute("SELECT current_setting('tracker.actor')")
        assert cursor.fetchall() == [("caseworker",)]
        cursor.execute("SELECT id FROM cases_individual")
        assert cursor.fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "DROP POLICY tracker_read ON cases_individual",
        "ALTER POLICY tracker_read ON cases_individual USING (true)",
        "CREATE POLICY mine ON cases_individual USING (true)",
        "ALTER TABLE cases_individual DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE cases_individual NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE cases_individual OWNER TO tracker_app",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER ROLE tracker_app BYPASSRLS",
        "ALTER ROLE tracker_app SUPERUSER",
        "CREATE ROLE accomplice SUPERUSER",
        "SET row_security = off; SELECT count(*) FROM cases_individual",
        "UPDATE cases_auditentry SET reason = ''",
        "DELETE FROM cases_auditentry",
        "DELETE FROM cases_audithead",
        "TRUNCATE cases_note",
        "TRUNCATE cases_auditentry",
        "DROP TABLE cases_auditentry CASCADE",
        "CREATE TABLE copy AS SELECT 1",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        f"DROP FUNCTION {FUNCTION}()",
        "CREATE TRIGGER mine BEFORE INSERT ON cases_note EXECUTE FUNCTION now()",
        "DELETE FROM django_migrations",
        "COPY cases_individual TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_the_apps_role_may_not_undo_it(statement, organisation):
    IndividualFactory()

    with (
        pytest.raises(ProgrammingError),
        acting_as(Anonymous()),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_trail_is_added_to_and_not_rewritten(organisation):
    entry = FACTORIES[AuditEntry](organisation_id=organisation.pk)

    assert AuditEntry.objects.filter(pk=entry.pk).exists()
    with pytest.raises(ProgrammingError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(reason="another")


@pytest.mark.parametrize("model", [Individual, User, Organisation])
def test_without_a_scope_nothing_is_there(model, organisation, user_of):
    user_of()
    IndividualFactory()

    assert seen(model, Anonymous()) == set()
