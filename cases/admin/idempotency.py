"""The hidden one-time key of a form: sent twice, it writes once and leads to the same record."""

import re
import secrets
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _, gettext_lazy

from cases.access.gate import current_actor
from cases.actions import idempotency

FIELD = "once"
LOST = gettext_lazy(
    "This form had lost its one-time key, so nothing was written. It has a new one: save again."
)
REUSED = gettext_lazy(
    "This form was saved already, with other values; they stand, and nothing was written now. "
    "To record these values too, save again."
)
_KEY = re.compile(r"\A[\w-]{32}\Z", re.ASCII)
_OF_DJANGO = {"csrfmiddlewaretoken", FIELD}


def new_key() -> str:
    """Make a key that nobody guesses."""
    return secrets.token_urlsafe(24)


class KeyField(forms.RegexField):
    """Carries the key of a form that writes when it is sent."""

    def __init__(self) -> None:
        said = {"required": LOST, "invalid": LOST}
        super().__init__(
            _KEY,
            initial=new_key,
            widget=forms.HiddenInput,
            error_messages=said,
            help_text="Hidden: sent twice, the form writes once.",
        )


def once(form: Any, key: str) -> Any:
    """Perform a form under its key, or give what it has led to already.

    :raises KeyReused: if the form was sent before with other values.
    :raises InProgress: if it is being saved this moment.
    """
    claim = idempotency.claim(
        by=current_actor(), key=key, method="FORM", path=form.address, body=_sent(form)
    )
    if claim.is_settled:
        return _outcome(claim)
    outcome = form.perform(form)
    result = outcome if isinstance(outcome, models.Model) else None
    idempotency.settle(claim, result=result, status=200)
    return outcome


def _outcome(claim: Any) -> Any:
    """Give the record that a form led to, under the rights of this moment."""
    if claim.result_id is None:
        return None
    model: Any = apps.get_model("cases", claim.result_model)
    record = model._default_manager.filter(pk=claim.result_id).first()
    if record is None:
        message = _("This form was saved already, and you may no longer read what it made.")
        raise PermissionDenied(message)
    return record


def _sent(form: Any) -> str:
    """Write what was typed in one way; which button was pressed does not matter."""
    typed = {name: form.data.getlist(name) for name in form.data if name not in _OF_DJANGO}
    typed |= {name: idempotency.digest_of(file) for name, file in form.files.items()}
    return repr(sorted((name, values) for name, values in typed.items() if name[0] != "_"))
