"""To-dos: to which day one may be put off."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_noop

from cases.vocabulary.casework import TaskState

DROPPED = gettext_noop("This task was dropped. Open it again before you mark it as done.")


def check_finished(state: str) -> None:
    """Refuse to finish what was dropped.

    :raises ValidationError: saying what to do first.
    """
    if state == TaskState.DROPPED:
        raise ValidationError({"state": ValidationError(_(DROPPED), code="dropped")})


def check_open(state: str) -> None:
    """Refuse to put off what has ended.

    :raises ValidationError: saying so.
    """
    if state != TaskState.OPEN:
        message = _("This task has ended. Open it again before you put it off.")
        raise ValidationError({"state": ValidationError(message, code="ended")})


def check_postponed(due: date | None, until: date, *, on: date) -> None:
    """Refuse to put a task off to a day that is no later.

    :raises ValidationError: saying which days there are.
    """
    if until <= on or (due is not None and until <= due):
        message = _("Choose a day that is later than today and than the day it was due.")
        raise ValidationError({"due_on": ValidationError(message, code="not_later")})
