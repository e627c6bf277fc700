"""Conditions of the gate as SQL; that the two agree is shown on PostgreSQL itself."""

from uuid import uuid4

import pytest
from django.db.models import Exists, Q, QuerySet

from cases.access.conditions import (
    FALSE,
    TRUE,
    Translator,
    Untranslatable,
    any_of,
    literal,
    on_own_columns,
)
from cases.access.gate import Actor
from cases.access.scope import NOTHING
from cases.access.sensitivity import OPEN
from cases.access.session import OWN_ORGANISATION, OWN_USER
from cases.models import BatchSlot, FamilyLink, Grant, Individual
from cases.vocabulary.individuals import CaseSensitivity
from cases.vocabulary.organisations import Role

MINE = "(SELECT nullif(current_setting('tracker.organisation', true), '')::uuid)"


@pytest.mark.parametrize(
    ("condition", "sql"),
    [
        (Q(), "true"),
        (~Q(case_number="a"), "(\"case_number\" = 'a' IS NOT TRUE)"),
        (NOTHING, "false"),
        (Q() | NOTHING, "false"),
        (NOTHING & Q(case_number="a"), "false"),
        (Q(organisation=OWN_ORGANISATION), f'"organisation_id" = {MINE}'),
        (Q(case_number="it's"), "\"case_number\" = 'it''s'"),
        (Q(sensitivity=CaseSensitivity.STANDARD), "\"sensitivity\" = 'standard'"),
        (Q(assigned_to__isnull=True), '"assigned_to_id" IS NULL'),
        (Q(assigned_to__isnull=False), '"assigned_to_id" IS NOT NULL'),
        (Q(case_number__in=["b", "a"]), "\"case_number\" IN ('a', 'b')"),
        (
            Q(case_number="a") & Q(sensitivity="restricted"),
            "(\"case_number\" = 'a' AND \"sensitivity\" = 'restricted')",
        ),
        (
            Q(case_number="a") | Q(sensitivity="restricted"),
            "(\"case_number\" = 'a' OR \"sensitivity\" = 'restricted')",
        ),
    ],
)
def test_conditions_on_the_row_itself(condition, sql):
    assert Translator(Individual).sql(condition) == sql


def translated(model, condition):
    """Give the SQL, and what the functions in it select, by their names."""
    translator = Translator(model)
    sql = translator.sql(condition)
    return sql, {name: key_set.select for name, key_set in translator.key_sets.items()}


def test_a_condition_on_another_row_is_a_set_of_keys():
    sql, selects = translated(BatchSlot, Q(batch__is_published=True))

    ((name, select),) = selects.items()
    assert sql == f'"batch_id" IN (SELECT {name}())'
    assert select == 'SELECT "id" FROM "cases_repatriationbatch" WHERE "is_published" = true'


def test_where_few_rows_break_a_condition_the_set_is_of_those():
    sql, selects = translated(FamilyLink, Q(relative__sensitivity="standard"))

    ((name, select),) = selects.items()
    among = f'"relative_id" IN (SELECT {name}())'
    assert sql == f'("relative_id" IS NOT NULL AND ({among} IS NOT TRUE))'
    assert select.endswith("WHERE NOT (\"sensitivity\" = 'standard')")


def test_a_subquery_is_a_set_of_keys_and_its_moment_the_present():
    grants = Grant.live(OWN_ORGANISATION, OPEN).values("individual")

    sql, selects = translated(Individual, Q(pk__in=grants))

    ((name, select),) = selects.items()
    assert sql == f'"id" IN (SELECT {name}())'
    assert "%" not in select


def test_a_changed_condition_has_a_function_of_another_name():
    names = {
        next(iter(translated(FamilyLink, Q(relative__sensitivity=term))[1]))
        for term in ("standard", "restricted")
    }
    assert len(names) == 2


def test_what_stands_for_others_is_the_acting_user_for_the_database():
    """The gate's own condition names ids; the function behind it knows them by the settings."""
    actor = Actor(uuid4(), uuid4(), Role.PARTNER)
    named = Q(individual__recorded_by=actor.user_id)

    local = on_own_columns(named, FamilyLink, actor)
    standing_in = on_own_columns(Q(individual__recorded_by=OWN_USER), FamilyLink)

    assert keys_of(local) == keys_of(standing_in)


def keys_of(condition):
    (among,) = condition.children
    ((_path, keys),) = among.children
    return keys.key_set


@pytest.mark.parametrize(
    "condition",
    [
        Q(case_number__startswith="a"),
        Q(names__text="a"),
        Q(version=1),
        Q(assigned_to__organisation__name__contains="a"),
        Q(home_place__parent__recorded_by__organisation__is_active=True),
        Q(Exists(QuerySet(Individual))),
    ],
)
def test_what_no_policy_can_say_is_an_error(condition):
    with pytest.raises(Untranslatable):
        Translator(Individual).sql(condition)


def test_a_literal_is_quoted():
    assert literal(value=True) == "true"
    assert literal(value=False) == "false"


def test_a_choice_of_nothing_or_of_all_is_true():
    assert any_of([]) == TRUE
    assert any_of([TRUE, "a"]) == TRUE
    assert any_of([FALSE, FALSE]) == FALSE
