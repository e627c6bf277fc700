"""Resetting a second factor from the command line."""

import pytest
from django.core.management import CommandError, call_command

from cases.actions import sign_in
from cases.models import AuditEntry
from tests.signing_in import add_factor

pytestmark = pytest.mark.django_db


def test_it_is_gone_and_on_record(user_of):
    user = user_of()
    add_factor(user)

    call_command("reset_factor", email=user.email.upper())

    assert not sign_in.has_factor(user)
    entry = AuditEntry.objects.get(act="reset the second factor")
    assert entry.actor == "system: resetting a second factor from the command line"


@pytest.mark.parametrize("email", ["nobody@example.org", "user@example.org"])
def test_where_there_is_none_it_says_so(user_of, email):
    user_of(email="user@example.org")

    with pytest.raises(CommandError, match=r"There is no user|has no second factor"):
        call_command("reset_factor", email=email)
