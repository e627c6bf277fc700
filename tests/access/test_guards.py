"""What guards the doors is read by the system alone."""

import pytest

from cases.access.gate import Actor, acting_as
from cases.models import (
    BulkItem,
    BulkRun,
    CaseloadRelease,
    CaseSerial,
    DailySummary,
    Factor,
    QueuedJob,
    RecoveryCode,
    Session,
    SignInCount,
    WeeklySummary,
)
from cases.vocabulary.organisations import Role
from tests.architecture.test_every_model_has_a_factory import FACTORIES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    "model",
    [
        BulkItem,
        BulkRun,
        CaseloadRelease,
        CaseSerial,
        CaseloadRelease,
        DailySummary,
        Factor,
        QueuedJob,
        RecoveryCode,
        Session,
        SignInCount,
        WeeklySummary,
    ],
)
def test_nobody_reaches_it_not_even_their_own(model, role, user_of):
    fields = {field.name for field in model._meta.fields}
    user = user_of(role, is_movement_cell=True)
    FACTORIES[model](**({"user": user} if "user" in fields else {}))
    assert model.objects.count() == 1

    with acting_as(Actor.of(user)):
        assert not model.objects.exists()
