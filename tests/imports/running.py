"""How tests send a file through: kept, matched, run by the worker to its end."""

from typing import Any

from cases.access.gate import acting_as
from cases.actions import imports
from cases.exchange import imports as files
from cases.jobs.imports import carry_out
from cases.models import ImportRow, ImportRun
from cases.vocabulary.imports import ImportKind, ImportMode

PEOPLE = "id;name;sex;birth;circumstances\n"


def people(*rows: str) -> bytes:
    return (PEOPLE + "\n".join(rows) + "\n").encode()


def many(number: int, start: int = 0) -> list[str]:
    return [f"X{n};Иван Петров{n};м;1980;" for n in range(start, start + number)]


def uploaded(
    actor: Any, content: bytes, kind: str = ImportKind.INDIVIDUALS, mode: str = ImportMode.EACH
) -> ImportRun:
    with acting_as(actor), files.taken(content, by=actor, kind=kind, mode=mode) as upload:
        run = imports.take_in(
            by=actor, upload=upload.file, kind=kind, mode=mode, file_name="list",
            mapping=upload.mapping, is_certain=upload.is_certain,
        )  # fmt: skip
        if run.state == "uploaded":
            run = files.match(run, by=actor, version=None, mapping=upload.mapping)
        return run


def begun(actor: Any, run: ImportRun, *, is_dry: bool = False) -> ImportRun:
    with acting_as(actor):
        return imports.begin(run, by=actor, version=None, is_dry=is_dry)


def to_the_end(run: ImportRun) -> ImportRun:
    argument: str | None = str(run.pk)
    while argument is not None:
        argument = carry_out(argument)
    return ImportRun.objects.get(pk=run.pk)


def imported(actor: Any, content: bytes, **chosen: Any) -> ImportRun:
    return to_the_end(begun(actor, uploaded(actor, content, **chosen)))


def told(run: ImportRun) -> dict[int, tuple[str, str]]:
    rows = ImportRow.objects.filter(run=run).order_by("number")
    return {row.number: (row.outcome, row.why) for row in rows}
