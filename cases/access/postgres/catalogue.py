"""What PostgreSQL's catalogue says of row security, held against the declarations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.db.backends.base.base import BaseDatabaseWrapper

from cases.access.policies import Policy, Security
from cases.access.session import ACTOR, SYSTEM

_POLICIES = """
SELECT policy.polname, policy.polcmd::text, policy.polpermissive, policy.polroles::text,
  coalesce(pg_get_expr(policy.polqual, policy.polrelid), ''),
  coalesce(pg_get_expr(policy.polwithcheck, policy.polrelid), ''),
  coalesce(obj_description(policy.oid, 'pg_policy'), '')
FROM pg_policy AS policy WHERE policy.polrelid = to_regclass(quote_ident(%s))
"""
_IS_GUARDED = """
SELECT relrowsecurity AND relforcerowsecurity FROM pg_class
WHERE oid = to_regclass(quote_ident(%s))
"""
_SOURCE = """
SELECT prosrc FROM pg_proc WHERE proname = %s AND pronamespace = current_schema()::regnamespace
"""
_OURS = """
SELECT proname FROM pg_proc WHERE prosrc LIKE %s AND pronamespace = current_schema()::regnamespace
"""
_ROLE = """
SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles
WHERE rolname = coalesce(%s, current_user)
"""
_HELD = """
SELECT privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
WHERE has_table_privilege(current_user, to_regclass(quote_ident(%s)), privilege)
"""
_OWNS = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
AND pg_has_role(current_user, relowner, 'MEMBER') ORDER BY relname LIMIT 1
"""


@dataclass(frozen=True)
class Role:
    """A role of the server."""

    name: str
    is_superuser: bool
    bypasses: bool
    makes_roles: bool


@dataclass(frozen=True)
class Found:
    """A policy as the server keeps it: in its own words, with the mark we left on it."""

    command: str
    is_permissive: bool
    roles: str
    using: str
    check: str
    mark: str


class Catalogue:
    """One database's."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    @property
    def schema(self) -> str:
        return str(self.rows("SELECT current_schema()")[0][0])

    def rows(self, query: str, *values: str | None) -> list[tuple[object, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())

    def run(self, *statements: str) -> None:
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def role(self, name: str | None = None) -> Role | None:
        """Give a role by its name, or the one that is connected."""
        found = self.rows(_ROLE, name)
        return Role(*found[0]) if found else None  # type: ignore[arg-type]

    def owned(self) -> str | None:
        """Name a table that the connected role owns, itself or through another role."""
        found = self.rows(_OWNS)
        return str(found[0][0]) if found else None

    def hashed(self, password: str, role: str) -> str:
        """Hash a password as the server would: it never crosses the wire, nor the server's log."""
        server = self.connection.connection.pgconn
        secret = server.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        return str(secret.decode())

    def policies(self, table: str) -> dict[str, Found]:
        found = self.rows(_POLICIES, table)
        return {str(name): Found(*rest) for name, *rest in found}  # type: ignore[arg-type]

    def functions(self) -> list[str]:
        """Name the functions that look as the system, of this version of ours or another."""
        return [str(name) for (name,) in self.rows(_OURS, f"%set_config('{ACTOR}', '{SYSTEM}'%")]

    def faults(self, wanted: Iterable[Security]) -> list[str]:
        """Say where the database is not as declared."""
        return [fault for table in wanted for fault in self._faults(table)]

    def excess(self, wanted: Iterable[Security]) -> list[str]:
        """Say which rights the connected role has that it should not, or lacks."""
        return [
            f"On {table.table} it may {', '.join(sorted(held)) or 'nothing'}; "
            f"it should {', '.join(sorted(table.privileges))}."
            for table in wanted
            if (held := self._held(table.table)) != table.privileges
        ]

    def _faults(self, table: Security) -> Iterator[str]:
        if self.rows(_IS_GUARDED, table.table) != [(True,)]:
            yield f"Row security is not forced on {table.table}."
        found = self.policies(table.table)
        for policy in table.policies:
            kept = found.pop(policy.name, None)
            if kept is None or kept.mark != marked(policy, kept):
                yield f"The policy {policy.name} of {table.table} is not as declared."
        for name in found:
            yield f"The policy {name} of {table.table} is none of ours."
        for key_set in table.key_sets:
            source = f"\n{key_set.body()}\n"
            if self.rows(_SOURCE, key_set.name) != [(source,)]:
                yield f"The function {key_set.name} is not as declared."

    def _held(self, table: str) -> frozenset[str]:
        return frozenset(str(name) for (name,) in self.rows(_HELD, table))


def marked(policy: Policy, found: Found) -> str:
    """Give the mark that a policy bears: of what was declared and what the server made of it.

    The server keeps a condition in words of its own, which cannot be compared with ours. With both
    in the mark, a change of either shows.
    """
    parts = (policy.command, policy.clauses(), found.command, str(found.is_permissive), found.roles)
    whole = "\n".join((*parts, found.using, found.check))
    return f"declared {sha256(whole.encode()).hexdigest()}"
