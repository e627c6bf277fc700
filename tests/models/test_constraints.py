"""Every constraint: the database refuses what goes round the model, the model says a sentence.

The list is made from the models themselves: a constraint without a case here fails the run.
"""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from cases.models.terms import KnownTerm
from tests.architecture.test_every_model_has_a_factory import FACTORIES
from tests.models.broken_rows import BROKEN, TWINS, Case

pytestmark = pytest.mark.django_db
CONSTRAINTS = [
    pytest.param(model, constraint, id=constraint.name)
    for model in apps.get_app_config("cases").get_models()
    if not model._meta.proxy
    for constraint in model._meta.constraints
]
CHECKS = [case for case in CONSTRAINTS if isinstance(case.values[1], CheckConstraint)]
UNIQUES = [case for case in CONSTRAINTS if isinstance(case.values[1], UniqueConstraint)]


def refused(row, fields):
    """Write fields past the model; say whether the database refuses."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**fields)
            connection.check_constraints()
    except IntegrityError:
        return True
    return False


def said_of(row):
    try:
        row.full_clean()
    except ValidationError as refusal:
        return refusal.messages
    return []


def known_term_field(constraint):
    (column,) = (name.removesuffix("__in") for name, _ in constraint.condition.children)
    return column


@pytest.mark.parametrize(("model", "constraint"), CHECKS)
def test_a_broken_row_is_refused_by_database_and_model(model, constraint):
    cases: list[Case]
    if isinstance(constraint, KnownTerm) or constraint.name.endswith("_is_known"):
        cases = [({}, {known_term_field(constraint): "?"})]
        sentence = "is not a valid choice"
    else:
        cases = BROKEN[constraint.name]
        sentence = constraint.violation_error_message
    for traits, fields in cases:
        row = FACTORIES[model](**traits)
        values = {name: value(row) if callable(value) else value for name, value in fields.items()}
        for name, value in values.items():
            setattr(row, name, value)

        assert refused(row, values), (constraint.name, values)
        assert any(sentence in said for said in said_of(row)) or constraint.name in SAID_ELSEWHERE


SAID_ELSEWHERE = {
    # the rule of counts says it first, with the numbers in it
    "count_exact_is_low_and_high",
    "count_more_than_begins_above_its_value",
    "count_low_is_not_above_high",
    # nobody fills these in: the machines of rules/status.py move them
    "individual_return_status_is_known",
    "individual_work_status_is_known",
}


@pytest.mark.parametrize(("model", "constraint"), UNIQUES)
def test_a_twin_is_refused_by_database_and_model(model, constraint):
    first = FACTORIES[model](**TWINS[constraint.name])
    names = constraint.fields or ("email",)
    given = {name: getattr(first, name) for name in names}
    if "email" in given:
        given["email"] = given["email"].upper()
    twin = FACTORIES[model](**{k: v for k, v in TWINS[constraint.name].items() if k not in given})
    for name, value in given.items():
        setattr(twin, name, value)

    if constraint.name == "audit_number_is_unique_outside_organisations":
        model.objects.update(organisation_id=None)

    assert refused(twin, given)
    assert constraint.violation_error_message in said_of(twin) or model.__name__ == "AuditEntry"


def test_no_case_is_stale():
    names = {case.id for case in CONSTRAINTS}

    assert not (BROKEN.keys() | TWINS.keys() | SAID_ELSEWHERE) - names
