"""Query parameters: those a view declares, each once; any other is refused by name."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from rest_framework.request import Request


def check(request: Request, declared: Collection[str], repeatable: Collection[str] = ()) -> None:
    """Refuse what would otherwise be ignored: a misspelt “my cases” must not become “all cases”.

    :raises ValidationError: naming each parameter.
    """
    faults = {}
    for name, given in request.query_params.lists():
        shown = name[:40]
        if name not in declared:
            message = f"“{shown}” is not a parameter here. There are: {_listed(declared)}."
            faults[shown] = ValidationError(message, code="unknown_parameter")
        elif len(given) > 1 and name not in repeatable:
            message = f"“{shown}” stands twice. Ask for one at a time: nothing is added up for you."
            faults[shown] = ValidationError(message, code="repeated_parameter")
        elif "" in given:
            message = f"“{shown}” is empty. Give it a value, or leave it out."
            faults[shown] = ValidationError(message, code="empty_parameter")
        elif any("\x00" in value for value in given):
            faults[shown] = ValidationError(f"“{shown}” has a null character.", code="invalid")
    if faults:
        raise ValidationError(faults)


def _listed(declared: Collection[str]) -> str:
    return ", ".join(sorted(declared)) or "none"
