"""Every write is an action: nothing else saves, creates, updates or deletes a row."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

CASES = Path(settings.BASE_DIR) / "cases"
WRITES = frozenset(
    {
        "save",
        "delete",
        "create",
        "update",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "acreate",
        "asave",
        "adelete",
        "aupdate",
        "save_base",
        "aget_or_create",
        "aupdate_or_create",
        "abulk_create",
        "abulk_update",
        "executemany",
    }
)
ALLOWED = ("actions/", "migrations/")
PLUMBING = {
    "access/postgres/cursors.py": {"super().executemany"},  # whoever writes, writes through it
    "models/organisations.py": {"super().save"},  # notes a sign-in
    "models/gate.py": {"super().save"},  # leaves out what the writer could not read
    "models/sessions.py": {  # the engine that Django's middleware calls
        "self.create",
        "self.save",
        "Session(pk=pk, **values).save",
        "Session.objects.filter(pk=id_of(self.session_key)).update",
        "Session.objects.filter(pk=id_of(key)).delete",
        "Session.objects.filter(expires_at__lte=clock.now()).delete",
    },
    "rules/pictures.py": {"bare.save"},  # writes a picture into memory
}
"""Writes that are Django's own, each with the call it makes."""
FILES = [
    path.relative_to(CASES).as_posix()
    for path in sorted(CASES.rglob("*.py"))
    if not path.relative_to(CASES).as_posix().startswith(ALLOWED)
]


def writes_in(source: str) -> list[tuple[int, str]]:
    """Give line and text of each call that writes to the database."""
    tree = ast.parse(source)
    return [
        (node.lineno, ast.unparse(node.func))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not _is_of_a_mapping(node)
        and not _is_uncommitted(node)
    ]


def _is_of_a_mapping(call: ast.Call) -> bool:
    """Tell `kwargs.update(…)` and `some_dict.update({…})` from `rows.update(field=…)`."""
    assert isinstance(call.func, ast.Attribute)
    is_kwargs = isinstance(call.func.value, ast.Name) and call.func.value.id == "kwargs"
    return call.func.attr == "update" and (bool(call.args) or is_kwargs)


def _is_uncommitted(call: ast.Call) -> bool:
    """Tell `form.save(commit=False)`, which builds a row and writes nothing."""
    return any(
        word.arg == "commit" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in call.keywords
    )


@pytest.mark.parametrize("path", FILES)
def test_nothing_is_written_outside_the_actions(path):
    found = [
        f"cases/{path}:{line}: {call}(…) writes past the actions; call one."
        for line, call in writes_in((CASES / path).read_text("utf-8"))
        if call not in PLUMBING.get(path, set())
    ]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "person.save()",
        "Individual.objects.create(sex='female')",
        "rows.update(sex='female')",
        "Individual.objects.filter(pk=1).delete()",
        "Individual.objects.bulk_create(people)",
        "Individual.objects.get_or_create(pk=1)",
    ],
)
def test_a_planted_write_is_found(line):
    assert writes_in(f"def view(request):\n    {line}\n")


def test_a_mapping_may_be_updated():
    assert writes_in("kwargs.update(a=1)\nnames.update({'a': 1})\nform.save(commit=False)") == []
