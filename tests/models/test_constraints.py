"""Every constraint: the database refuses what goes round the model, the model says a sentence.

The list is made from the models themselves: a constraint without a case here fails the run.
"""

from contextlib import nullcontext
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from cases.models import AuditEntry
from cases.models.terms import KnownTerm
from cases.models.texts import Fits
from tests.architecture.test_every_model_has_a_factory import FACTORIES
from tests.models.broken_rows import BROKEN, TWINS, Case
from tests.trails import unguarded

pytestmark = pytest.mark.django_db
CONSTRAINTS = [
    pytest.param(model, constraint, id=constraint.name)
    for model in apps.get_app_config("cases").get_models()
    if not model._meta.proxy
    for constraint in model._meta.constraints
]
CHECKS = [case for case in CONSTRAINTS if isinstance(case.values[1], CheckConstraint)]
UNIQUES = [
    case
    for case in CONSTRAINTS
    if isinstance(case.values[1], UniqueConstraint) and case.values[0] is not AuditEntry
]


def refused(row, fields):
    """Write fields past the model; say whether the database refuses."""
    try:
        with past_the_trail(row), transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**fields)
            connection.check_constraints()
    except (IntegrityError, DataError):  # PostgreSQL knows its columns' sizes by itself
        return True
    return False


def past_the_trail(row):
    """Let the constraints speak, where no update would get as far."""
    return unguarded() if row.SCOPE.never else nullcontext()


def refused_as_new(row):
    """Add a row past the model; say whether the database refuses."""
    try:
        with transaction.atomic():
            type(row)._base_manager.bulk_create([row])
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


def too_large(constraint):
    """Give a value for each column that is one more than it holds."""
    for name, most in constraint.condition.children:
        column, *rest = name.split("__")
        yield column, ("x" * (most + 1) if rest[0] == "length" else most + 1)


@pytest.mark.parametrize(("model", "constraint"), CHECKS)
def test_a_broken_row_is_refused_by_database_and_model(model, constraint):
    cases: list[Case]
    is_term = isinstance(constraint, KnownTerm) or constraint.name.endswith("_is_known")
    if is_term and constraint.name not in BROKEN:
        cases = [({}, {known_term_field(constraint): "?"})]
        sentence = "is not a valid choice"
    elif isinstance(constraint, Fits):
        cases = [({}, {name: value}) for name, value in too_large(constraint)]
        sentence = "at most"
    else:
        cases = BROKEN[constraint.name]
        sentence = str(constraint.violation_error_message)
    for traits, fields in cases:
        row = FACTORIES[model](**traits)
        values = {name: value(row) if callable(value) else value for name, value in fields.items()}
        for name, value in values.items():
            setattr(row, name, value)

        assert refused(row, values), (constraint.name, values)
        assert any(sentence in said for said in said_of(row)) or constraint.name in SAID_ELSEWHERE


SAID_ELSEWHERE = {
    # no state is given from outside
    "export_run_state_is_known",
    # the rule of counts says it first, with the numbers in it
    "count_exact_is_low_and_high",
    "count_more_than_begins_above_its_value",
    "count_low_is_not_above_high",
    # the rule of grants says it first, with the days in it
    "grant_ends_after_it_begins",
    "grant_lasts_180_days_at_most",
    # the rules of consents and of referrals say it first, beside the field
    "consent_has_one_recipient",
    "consent_is_given_by_somebody",
    "referral_has_its_grant_and_a_transfer_none",
    # the rule of tracing says it first, beside the field
    "tracing_request_seeks_somebody",
    # the tracker fills these in
    "tracing_request_state_is_known",
    "tracing_request_outcome_is_known",
    "tracing_candidate_state_is_known",
    "anonymisation_state_is_known",
    "referral_state_is_known",
    "referral_sex_is_known",
    "referral_age_class_is_known",
    "referral_return_status_is_known",
    # nobody fills these in: it is told from the content; the machines of rules/status.py move them
    "attachment_media_type_is_known",
    "import_run_state_is_known",
    "report_text_media_type_is_known",
    "report_text_digest_state_is_known",
    "individual_return_status_is_known",
    "status_proposal_state_is_known",
    "individual_work_status_is_known",
}


@pytest.mark.parametrize("organisation_id", [None, uuid4()])
def test_a_number_is_given_once_in_a_chain(organisation_id):
    first = FACTORIES[AuditEntry].build(organisation_id=organisation_id)
    first.save(force_insert=True)
    links = [
        FACTORIES[AuditEntry].build(organisation_id=organisation_id, number=first.number + step)
        for step in (0, 1)
    ]

    assert [refused_as_new(link) for link in links] == [True, False]


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

    assert refused(twin, given)
    assert constraint.violation_error_message in said_of(twin)


def test_no_case_is_stale():
    names = {case.id for case in CONSTRAINTS}

    assert not (BROKEN.keys() | TWINS.keys() | SAID_ELSEWHERE) - names
