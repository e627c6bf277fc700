"""Every scope has SQL: a new kind without one fails here, and at start."""

import pytest
from django.apps import apps

from cases.access.policies import guarded, security
from cases.models import AuditEntry, AuditHead, Individual, MediatingBody, Organisation

GUARDED = guarded(apps.get_app_config("cases").get_models())


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_every_model_has_a_policy_for_each_kind_of_statement(model):
    asked = security(model)

    assert [policy.command for policy in asked.policies] == ["SELECT", "INSERT", "UPDATE", "DELETE"]
    for policy in asked.policies:
        assert "tracker.actor" in policy.clauses()
        assert "true OR" not in policy.clauses()


def test_a_proxy_has_no_table_of_its_own():
    assert MediatingBody not in GUARDED


def reading(model):
    return security(model).policies[0].using or ""


def test_a_role_whose_flags_do_not_matter_is_named_once():
    read = reading(Organisation)

    assert read.count("'caseworker'") == 1
    assert "movement_cell" not in read


def test_a_flag_that_matters_is_asked_for():
    read = reading(Individual)

    assert "'caseworker cleared_for_restricted'" in read
    assert "'caseworker'" in read


def test_the_trail_is_added_to_only():
    assert security(AuditEntry).privileges == {"SELECT", "INSERT"}
    assert security(AuditHead).privileges == {"SELECT", "INSERT", "UPDATE"}
    assert security(Individual).privileges == {"SELECT", "INSERT", "UPDATE", "DELETE"}
