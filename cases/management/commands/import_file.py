"""Take in a file from the command line, as a user."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from cases.access import origin
from cases.access.actor import Actor
from cases.access.gate import System, acting_as
from cases.actions import imports
from cases.actions.attempts import repeated
from cases.actions.import_rows import in_words
from cases.exchange import imports as files
from cases.exchange.import_results import result_of
from cases.jobs.imports import carry_out
from cases.models import ImportRun, User
from cases.queries.imports import problems
from cases.vocabulary.imports import ImportKind, ImportMode, ImportState


class Command(BaseCommand):
    """`manage.py import_file people.xlsx --kind individuals --email anna@example.org`."""

    help = (
        "Take in a CSV, XLSX or PFIF file, under the rights of a user; sent again it changes "
        "nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=ImportKind.values, required=True)
        parser.add_argument("--email", required=True, help="whose rights it runs under")
        parser.add_argument("--mode", choices=ImportMode.values, default=ImportMode.EACH.value)
        parser.add_argument(
            "--map", help="the field of each column, comma between; guessed unless told"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would become of it")
        parser.add_argument("--result", type=Path, help="where to write what became of each row")

    def handle(self, *_args: Any, **options: Any) -> None:
        actor = _actor(options["email"])
        try:
            with origin.running(), acting_as(actor):
                run = _taken_in(actor, options)
                self._carried_out(actor, run, options)
        except ValidationError as refusal:
            raise CommandError(in_words(refusal)) from None
        except PermissionDenied as refusal:
            raise CommandError(str(refusal)) from None

    def _carried_out(self, actor: Actor, run: ImportRun, options: dict[str, Any]) -> None:
        is_dry = options["dry_run"]
        run = repeated(lambda: imports.begin(run, by=actor, version=None, is_dry=is_dry))
        while carry_out(str(run.pk)) is not None:
            pass
        run = ImportRun.objects.get(pk=run.pk)
        for row in problems(run):
            self.stdout.write(f"Row {row.number}: {row.why or f'may be {row.alike}'}")
        if options["result"]:
            options["result"].write_bytes(result_of(run).content)
        if is_dry:
            run = repeated(lambda: imports.stop(run, by=actor))
        self.stdout.write(
            f"{run.rows} rows: {run.rows_added} {'would be ' if is_dry else ''}added, "
            f"{run.rows_unchanged} unchanged, {run.rows_refused} refused."
        )
        if run.state != ImportState.ENDED and not is_dry:
            raise CommandError(run.why or "Nothing was added.")


def _actor(email: str) -> Actor:
    with acting_as(System("looking for whose rights a file is imported under")):
        found = User.objects.select_related("organisation").filter(email__iexact=email).first()
        if found is None or not (found.is_active and found.organisation.is_active):
            message = f"There is no user with the address {email} who may sign in."
            raise CommandError(message)
        return Actor.of(found)


def _taken_in(actor: Actor, options: dict[str, Any]) -> ImportRun:
    """Upload the file, and say what its columns hold."""
    given = {"kind": options["kind"], "mode": options["mode"]}
    content = options["file"].read_bytes()
    with files.taken(content, by=actor, **given) as upload:
        run = repeated(
            lambda: imports.take_in(
                by=actor,
                upload=upload.file,
                file_name=files.title(options["file"].name),
                mapping=upload.mapping,
                is_certain=upload.is_certain,
                **given,
            )
        )
    told = options["map"].split(",") if options["map"] else upload.mapping
    if options["map"] or run.state == ImportState.UPLOADED:
        run = repeated(lambda: files.match(run, by=actor, version=None, mapping=told))
    return run
