"""Brings row security in line with the declarations: role, rights, functions and policies."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cases.access.conditions import KeySet
from cases.access.policies import STATEMENTS, Security, guarded, security
from cases.access.postgres.catalogue import Catalogue, marked
from cases.access.postgres.owner import app_role

_MADE_BY_HAND = (
    "There is no role {role}, and {owner} may not make one. Let an administrator of the server "
    "run: CREATE ROLE {role} LOGIN PASSWORD '…';"
)


class CannotMakeRole(RuntimeError):  # noqa: N818 - a refusal that says what to do
    """The owner may not create the application's role."""


def secure(connection: BaseDatabaseWrapper, all_models: Iterable[type[models.Model]]) -> None:
    """Make the database what the declarations say, in one transaction, as the owner.

    Where it is so already nothing is locked: it is run after each migration.

    :raises CannotMakeRole: if there is no such role and the owner may not make it.
    """
    wanted = [security(model) for model in guarded(all_models)]
    catalogue = Catalogue(connection)
    with transaction.atomic(using=connection.alias):
        _make_role(catalogue)
        _grant(catalogue, wanted)
        if not catalogue.faults(wanted):
            return
        for table in wanted:
            _clear(catalogue, table)
        for name in catalogue.functions():
            catalogue.run(f'DROP FUNCTION "{name}"')
        for key_set in key_sets(wanted):
            _define(catalogue, key_set)
        for table in wanted:
            _guard(catalogue, table)


def key_sets(wanted: Iterable[Security]) -> list[KeySet]:
    """Give each function once."""
    named = {key_set.name: key_set for table in wanted for key_set in table.key_sets}
    return [named[name] for name in sorted(named)]


def _make_role(catalogue: Catalogue) -> None:
    role = app_role()
    if catalogue.role(role) is not None:
        return
    owner = catalogue.role()
    if owner is None or not (owner.is_superuser or owner.makes_roles):
        name = owner.name if owner else "the owner"
        raise CannotMakeRole(_MADE_BY_HAND.format(role=role, owner=name))
    password = settings.DATABASE_APP["PASSWORD"]
    secret = f" PASSWORD '{catalogue.hashed(password, role)}'" if password else ""
    # Two runs at once, on two databases of one server, may both find it missing.
    catalogue.run(
        f'DO $$ BEGIN CREATE ROLE "{role}" LOGIN{secret}; '
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )


def _grant(catalogue: Catalogue, wanted: Iterable[Security]) -> None:
    """Let the application read and write rows: no tables of its own, no TRUNCATE, no old trail."""
    role, schema = f'"{app_role()}"', f'"{catalogue.schema}"'
    catalogue.run(
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA {schema} TO {role}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
        f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
        f'REVOKE INSERT, UPDATE, DELETE ON "django_migrations" FROM {role}',
    )
    for table in wanted:
        if refused := STATEMENTS - table.privileges:
            listed = ", ".join(sorted(refused))
            catalogue.run(f'REVOKE {listed} ON "{table.table}" FROM {role}')


def _clear(catalogue: Catalogue, table: Security) -> None:
    for name in catalogue.policies(table.table):
        catalogue.run(f'DROP POLICY "{name}" ON "{table.table}"')


def _define(catalogue: Catalogue, key_set: KeySet) -> None:
    path = f'SET search_path = "{catalogue.schema}", pg_temp'
    catalogue.run(
        f'CREATE OR REPLACE FUNCTION "{key_set.name}"() RETURNS SETOF uuid LANGUAGE plpgsql '
        f"STABLE ROWS 100 {path} AS $body$\n{key_set.body()}\n$body$"
    )


def _guard(catalogue: Catalogue, table: Security) -> None:
    catalogue.run(
        f'ALTER TABLE "{table.table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table.table}" FORCE ROW LEVEL SECURITY',
    )
    for policy in table.policies:
        on = f'"{policy.name}" ON "{table.table}"'
        catalogue.run(f"CREATE POLICY {on} FOR {policy.command}{policy.clauses()}")
        found = catalogue.policies(table.table)[policy.name]
        catalogue.run(f"COMMENT ON POLICY {on} IS '{marked(policy, found)}'")
