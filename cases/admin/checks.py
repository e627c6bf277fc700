"""A check that keeps the server from starting with an admin class that is not guarded."""

from typing import Any

from django.contrib import admin
from django.core.checks import CheckMessage, Error

from cases.admin.reading import GatedAdmin


def check_admins(**_options: Any) -> list[CheckMessage]:
    """Give an error for each registered class that reads past the gate."""
    hint = "Inherit GatedAdmin, or KeptAdmin where rows are added and changed."
    return [
        Error(f"The admin of {model._meta.label} is not gated.", hint, id="cases.E007")
        for model, model_admin in admin.site._registry.items()  # noqa: SLF001 - there is no other list
        if not isinstance(model_admin, GatedAdmin)
    ]
