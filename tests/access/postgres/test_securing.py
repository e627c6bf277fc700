"""What `migrate` leaves behind, and what the check at start says of anything else."""

import os
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from cases.access.policies import guarded, security
from cases.access.postgres import securing
from cases.access.postgres.catalogue import Catalogue
from cases.access.postgres.checks import check_row_security
from cases.access.postgres.owner import as_owner
from cases.management.commands import migrate as command
from cases.models import Note
from tests.access.postgres import ON_POSTGRES

pytestmark = [ON_POSTGRES, pytest.mark.django_db(transaction=True)]
FUNCTION = security(Note).key_sets[0].name
REPLACED = (
    f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS SETOF uuid LANGUAGE sql "
    "AS 'SELECT NULL::uuid WHERE false'"
)
MODELS = list(apps.get_app_config("cases").get_models())


@pytest.fixture
def owner():
    """Let a test break row security, and mend it after."""
    yield run
    with as_owner(connection):
        securing.secure(connection, MODELS)
    assert said() == []


def run(*statements):
    with as_owner(connection):
        Catalogue(connection).run(*statements)


def said():
    return check_row_security(databases=["default"])


def test_as_the_tests_run_nothing_is_wrong():
    assert said() == []
    assert check_row_security(databases=None) == []
    assert check_row_security(app_configs=[], databases=["default"]) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "ALTER TABLE cases_note NO FORCE ROW LEVEL SECURITY",
            "Row security is not forced on cases_note.",
        ),
        (
            "ALTER TABLE cases_note DISABLE ROW LEVEL SECURITY",
            "Row security is not forced on cases_note.",
        ),
        (
            "DROP POLICY tracker_read ON cases_note",
            "The policy tracker_read of cases_note is not as declared.",
        ),
        (
            "ALTER POLICY tracker_read ON cases_note USING (true)",
            "The policy tracker_read of cases_note is not as declared.",
        ),
        (
            "ALTER POLICY tracker_change ON cases_note WITH CHECK (true)",
            "The policy tracker_change of cases_note is not as declared.",
        ),
        (
            "ALTER POLICY tracker_read ON cases_note TO postgres",
            "The policy tracker_read of cases_note is not as declared.",
        ),
        (
            "CREATE POLICY another ON cases_note USING (true)",
            "The policy another of cases_note is none of ours.",
        ),
        (
            REPLACED,
            f"The function {FUNCTION} is not as declared.",
        ),
        (
            "GRANT UPDATE ON cases_auditentry TO tracker_app",
            "On cases_auditentry it may INSERT, SELECT, UPDATE; it should INSERT, SELECT.",
        ),
        (
            "REVOKE INSERT ON cases_note FROM tracker_app",
            "On cases_note it may DELETE, SELECT, UPDATE",
        ),
    ],
)
def test_whatever_is_not_as_declared_is_said(statement, sentence, owner):
    owner(statement)

    (fault,) = said()
    assert sentence in fault.msg
    assert "manage.py migrate" in fault.hint


def test_many_faults_are_not_all_listed(owner):
    owner(*(f"DROP POLICY tracker_read ON {table}" for table in tables()[:5]))

    (fault,) = said()
    assert fault.msg.endswith("And 2 more.")


def tables():
    return [security(model).table for model in guarded(MODELS)]


def test_the_owner_or_a_superuser_may_not_serve():
    with as_owner(connection):
        codes = [fault.id for fault in said()]
    assert "cases.E032" in codes


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("ALTER ROLE {role} BYPASSRLS", "ALTER ROLE {role} NOBYPASSRLS", "cases.E032"),
        ("ALTER ROLE {role} CREATEROLE", "ALTER ROLE {role} NOCREATEROLE", "cases.E034"),
        (
            "ALTER TABLE django_session OWNER TO {role}",
            "ALTER TABLE django_session OWNER TO postgres",
            "cases.E033",
        ),
    ],
)
def test_a_role_that_may_too_much_may_not_serve(before, after, code, owner):
    """On a role and in a database of its own: roles belong to the whole server."""
    # Of this worker's own: two cases at once on one server would meet in one role.
    role = f"too_mighty_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    owner(f"DROP ROLE IF EXISTS {role}", f"CREATE ROLE {role} LOGIN")
    kept = connection.settings_dict["USER"]
    try:
        owner(before.format(role=role))
        connection.close()
        connection.settings_dict["USER"] = role
        assert code in [fault.id for fault in said()]
    finally:
        connection.close()
        connection.settings_dict["USER"] = kept
        owner(after.format(role=role), f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_the_server_does_not_start_where_it_would_not_hold(owner, settings):
    owner("ALTER TABLE cases_note NO FORCE ROW LEVEL SECURITY")

    settings.PORT = 0
    with pytest.raises(SystemCheckError, match="not forced on cases_note"):
        call_command("serve")


def test_nothing_is_locked_where_all_is_well(monkeypatch):
    ran: list[str] = []
    monkeypatch.setattr(Catalogue, "run", lambda _self, *statements: ran.extend(statements))

    with as_owner(connection):
        securing.secure(connection, MODELS)

    assert {statement.split()[0] for statement in ran} == {"GRANT", "REVOKE"}


def test_a_role_that_is_missing_is_made_with_its_password_hashed(settings, owner):
    settings.DATABASE_APP = {"USER": "newcomer", "PASSWORD": "it's secret"}
    with as_owner(connection):
        securing.secure(connection, MODELS)
        catalogue = Catalogue(connection)
        made: Any = catalogue.role("newcomer")
        ((kept,),) = catalogue.rows("SELECT rolpassword FROM pg_authid WHERE rolname = 'newcomer'")
        catalogue.run("DROP OWNED BY newcomer", "DROP ROLE newcomer")

    assert (made.is_superuser, made.bypasses, made.makes_roles) == (False, False, False)
    assert str(kept).startswith("SCRAM-SHA-256$")


def test_an_owner_who_may_not_make_roles_says_who_should(settings, owner):
    settings.DATABASE_APP = {"USER": "stranger", "PASSWORD": ""}  # roles are the whole server's
    with as_owner(connection):
        Catalogue(connection).run("SET ROLE tracker_app")
        with pytest.raises(securing.CannotMakeRole, match="CREATE ROLE stranger LOGIN"):
            securing.secure(connection, MODELS)
        Catalogue(connection).run("RESET ROLE")


@pytest.mark.parametrize("owner_is", [None, {"USER": "tracker_app"}])
@pytest.mark.parametrize("name", ["migrate", "flush"])
def test_one_role_for_both_is_refused_in_a_sentence(owner_is, name, settings):
    settings.DATABASE_OWNER = owner_is

    with pytest.raises(CommandError, match="two roles are needed"):
        call_command(name, interactive=False, verbosity=0)


def test_a_missing_owner_leaves_the_connection_as_it_was(settings):
    settings.DATABASE_OWNER = None

    with pytest.raises(ImproperlyConfigured), as_owner(connection):
        pytest.fail("never reached")
    assert connection.settings_dict["USER"] == "tracker_app"


def test_migrating_mends_and_checks(owner):
    owner("DROP POLICY tracker_read ON cases_note")

    call_command("migrate", verbosity=0, skip_checks=False)

    assert said() == []


def test_on_the_way_through_the_migrations_nothing_is_held_to_the_declarations(owner):
    owner("DROP POLICY tracker_read ON cases_note")

    call_command("migrate", "sessions", verbosity=0, skip_checks=False)

    assert len(said()) == 1
    assert command._is_whole(dict.fromkeys(("app_label", "plan", "check_unapplied", "fake")))
