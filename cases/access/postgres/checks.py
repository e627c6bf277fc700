"""The check that keeps the tracker from serving where row security would not hold."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import connections

from cases.access.policies import guarded, security
from cases.access.postgres.catalogue import Catalogue

LABEL = "cases"


def check_row_security(
    *,
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_options: Any,
) -> list[CheckMessage]:
    """Give what is wrong with the databases asked about: with none, nothing is looked at."""
    if app_configs is not None and LABEL not in {config.label for config in app_configs}:
        return []
    chosen = [connections[alias] for alias in databases or ()]
    return [
        fault
        for connection in chosen
        if connection.vendor == "postgresql"
        for fault in faults(Catalogue(connection))
    ]


def faults(catalogue: Catalogue) -> Iterator[CheckMessage]:
    """Hold one database, and the role that is connected to it, to the declarations."""
    yield from _role_faults(catalogue)
    wanted = [security(model) for model in guarded(apps.get_app_config(LABEL).get_models())]
    hint = "Run `manage.py migrate` with DATABASE_OWNER_URL set."
    if not_so := catalogue.faults(wanted):
        yield Error(_few(not_so), hint, id="cases.E030")
    elif wrong := catalogue.excess(wanted):
        yield Error(
            f"The application's role has other rights. {_few(wrong)}", hint, id="cases.E031"
        )


def _role_faults(catalogue: Catalogue) -> Iterator[CheckMessage]:
    role, owned = catalogue.role(), catalogue.owned()
    hint = (
        "Let DATABASE_URL name a role that may read and write rows and no more, and "
        "DATABASE_OWNER_URL the owner; see docs/operators/postgresql.md."
    )
    if role is None or role.is_superuser or role.bypasses:
        message = "Row security does not hold for a superuser, or a role with BYPASSRLS."
        yield Error(message, hint, id="cases.E032")
    elif owned is not None:
        message = f"Row security can be switched off by {role.name}, which owns {owned}."
        yield Error(message, hint, id="cases.E033")
    elif role.makes_roles:
        message = f"{role.name} may make roles. The application needs no such right."
        yield Error(message, hint, id="cases.E034")


def _few(sentences: list[str]) -> str:
    more = f" And {len(sentences) - 3} more." if len(sentences) > 3 else ""  # noqa: PLR2004
    return " ".join(sentences[:3]) + more
