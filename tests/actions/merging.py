"""What the tests of merges have in common: to merge, to undo, and to hold tables against before."""

from typing import Any

from django.apps import apps

from cases.access.gate import System, acting_as
from cases.actions import merges
from cases.models import Individual, Merge
from cases.vocabulary.status import ReturnStatus
from tests.architecture.test_every_model_has_a_factory import FACTORIES

WHY = "One passport, two intakes."
SETTLED: dict[str, dict[str, Any]] = {
    "Anonymisation": {"state": "dropped"},
    "Referral": {"answered": True},
    "StatusProposal": {"declined": True},
    "TracingCandidate": {"rejected": True},
}
"""While something waits to be decided there is no merge."""
LOGS = {"auditentry", "audithead", "change", "merge", "mergedrow", "statusevent"}
"""Tables that are only ever added to: a merge and its undoing both stay on record there."""
COUNTED_ON = {"version", "updated_at"}
"""Columns that go on: a version that came back would let a writer who read the merged case save
over what somebody wrote after it was undone, and a partner who pulls what has changed would miss
that it was."""
WORKED_OUT = {"namepair"}
"""The index of names: worked out anew from the names, it has other numbers for the same pairs."""


def merge(kept: Any, duplicate: Any, *, by: Any = None, **given: Any) -> Merge:
    kept, duplicate = (Individual.objects.get(pk=one.pk) for one in (kept, duplicate))
    return merges.merge(
        kept, by=by or System("tests"), version=None, duplicate=duplicate, reason=WHY, **given
    )


def undo(row: Merge, by: Any = None) -> Merge:
    row = Merge.objects.get(pk=row.pk)
    return merges.undo(row, by=by or System("tests"), version=None, reason="Two people.")


def dump() -> dict[str, dict[Any, dict[str, Any]]]:
    """Give every column of every row of every table, but the versions, which only go on."""
    with acting_as(System("dumping")):
        return {
            str(model._meta.model_name): {
                row["pk"]: {name: row[name] for name in row.keys() - COUNTED_ON}
                for row in _rows(model)
            }
            for model in apps.get_app_config("cases").get_models()
            if not model._meta.proxy
        }


def _rows(model: Any) -> list[dict[str, Any]]:
    columns = [field.attname for field in model._meta.concrete_fields]
    key = model._meta.pk.attname
    if model._meta.model_name in WORKED_OUT:
        columns.remove(key)
    rows = model._base_manager.order_by(*columns).values(*columns)
    return [{**row, "pk": row.get(key, number)} for number, row in enumerate(rows)]


def everything_on(person: Individual, **of: dict[str, Any]) -> list[Any]:
    """Make a row for each link to a person that any model has, but the merges' own."""
    of = {**SETTLED, **of}
    return [
        FACTORIES[model](
            **{field: person}, organisation=person.organisation, **of.get(model.__name__, {})
        )
        for model, field in all_links()
        if model is not Merge and model._meta.model_name not in WORKED_OUT
    ]


def all_links() -> list[tuple[Any, str]]:
    return [
        (model, field.name)
        for model in apps.get_app_config("cases").get_models()
        if not model._meta.proxy
        for field in model._meta.concrete_fields
        if field.related_model is Individual
    ]


def assert_as_before(before: Any, merged: set[Individual]) -> None:
    """Hold the database against what it was: equal, and the logs longer by what belongs there."""
    after = dump()
    assert after.keys() == before.keys()
    for table in after.keys() - LOGS:
        assert after[table] == before[table], table
    for table in ("merge", "mergedrow", "statusevent", "auditentry"):
        assert before[table].items() <= after[table].items(), table
    new = [row for pk, row in after["statusevent"].items() if pk not in before["statusevent"]]
    for person in merged:
        steps = [row for row in new if row["individual_id"] == person.pk]
        there = [row for row in steps if row["to_status"] == ReturnStatus.DUPLICATE]
        back = [row for row in steps if row["corrects_id"] is not None]
        assert {row["corrects_id"] for row in back} == {row["id"] for row in there}
        assert len(there) == len(back) == len(steps) / 2 > 0
    assert {row["individual_id"] for row in new} == {person.pk for person in merged}
