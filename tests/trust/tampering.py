"""Twelve ways to tamper with what is on record, each tried on real tables: is it found out?

Unless it says otherwise, the tamperer holds the database and knows how the chain is made, but has
no keys.
"""

import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cases.access.gate import System, acting_as
from cases.access.postgres.owner import as_owner
from cases.actions import audit, individuals, organisations, recording
from cases.models import AuditEntry, AuditHead, Individual, Organisation
from cases.rules.audit import link
from tests.trails import ELEVATOR, unguarded


@dataclass(frozen=True)
class Figures:
    """How many tamperings were tried, and what the verifier said of each it found."""

    found: dict[str, str]
    missed: tuple[str, ...]

    @property
    def tried(self) -> int:
        return len(self.found) + len(self.missed)

    def __str__(self) -> str:
        return f"tamperings detected: {len(self.found)} of {self.tried}"


@dataclass
class Scene:
    """Two organisations with a history, and the anchor that was kept off the box."""

    chain: Any
    other: Any
    person: Any
    anchor: str
    public_key: str


Tampering = Callable[[Scene], None]
TAMPERINGS: dict[str, Tampering] = {}
PLACE = re.compile(r"Chain [0-9a-f-]{36}, entry \d+: |Anchor ")


def tampering(name: str) -> Callable[[Tampering], Tampering]:
    def keep(act: Tampering) -> Tampering:
        TAMPERINGS[name] = act
        return act

    return keep


def run() -> Figures:
    """Try each tampering on the database at hand, and undo it."""
    found, missed = {}, []
    for name, act in TAMPERINGS.items():
        with transaction.atomic():
            scene = stage()
            assert verdict(scene) == "", "The untouched trail must be whole."
            with unguarded():
                act(scene)
            said = verdict(scene)
            if PLACE.match(said):
                found[name] = said
            else:
                missed.append(name)
            transaction.set_rollback(True)
    return Figures(found, tuple(missed))


def stage() -> Scene:
    """Let two organisations work for a while, then anchor."""
    system = System("tampering")
    with acting_as(system):
        ours, theirs = (
            organisations.enrol(by=system, key=f"o-{uuid4().hex[:8]}", name="An organisation")
            for _ in range(2)
        )
        person = work(system, ours)
        work(system, theirs)
    anchor, public_key = anchored()
    return Scene(ours.pk, theirs.pk, person, anchor, public_key)


def work(by: Any, organisation: Any) -> Any:
    """Record and change a person; end with an entry that speaks for no row."""
    person = individuals.register(by=by, organisation=organisation)
    for number in range(3):
        individuals.amend(person, by=by, version=None, circumstances=f"Heard of {number} times.")
    with transaction.atomic():
        audit.note(by=by, act="looked round", model="system", organisation_id=organisation.pk)
    return person


def anchored() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("anchor_audit", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue().split()[-1]


def verdict(scene: Scene) -> str:
    """Give what the verifier says; nothing if it finds the trail whole."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "anchor.json"
        kept.write_text(scene.anchor, "utf-8")
        arguments = ["--anchor", str(kept), "--public-key", scene.public_key]
        try:
            call_command("verify_audit", *arguments, stdout=StringIO(), stderr=StringIO())
        except CommandError as finding:
            return str(finding)
    return ""


def entries(chain: Any) -> Any:
    return AuditEntry.objects.filter(organisation_id=chain).order_by("number")


def rewrite(chain: Any, kept: list[Any], *, after: str) -> None:
    """Store entries of a chain anew from ``after`` on, with hashes that fit, and the head."""
    for entry in kept:
        entry.previous_hash = after
        after = entry.hash = link(after, entry.fingerprint())
        AuditEntry.objects.filter(pk=entry.pk).update(
            number=entry.number, previous_hash=entry.previous_hash, hash=entry.hash
        )
    AuditHead.objects.filter(pk=chain).update(number=kept[-1].number, hash=after)


@tampering("edit a field")
def edit_field(scene: Scene) -> None:
    entries(scene.chain).filter(number=3).update(actor="supervisor")


@tampering("edit the time")
def edit_time(scene: Scene) -> None:
    entry = entries(scene.chain).get(number=3)
    entries(scene.chain).filter(number=3).update(at=entry.at - timedelta(days=1))


@tampering("delete from the middle")
def delete_middle(scene: Scene) -> None:
    entries(scene.chain).filter(number=3).delete()


@tampering("delete the end")
def delete_tail(scene: Scene) -> None:
    last, before = entries(scene.chain).reverse()[:2]
    last.delete()
    AuditHead.objects.filter(pk=scene.chain).update(number=before.number, hash=before.hash)


@tampering("swap two")
def swap(scene: Scene) -> None:
    for number, to in ((3, 99), (4, 3), (99, 4)):
        entries(scene.chain).filter(number=number).update(number=to)


@tampering("insert")
def insert(scene: Scene) -> None:
    """Add an entry at the end, with a hash and a head that fit."""
    last = entries(scene.chain).last()
    forged = AuditEntry(
        organisation_id=scene.chain,
        number=last.number + 1,
        actor="supervisor",
        act="looked round",
        model="system",
        commitment="0" * 64,
    )
    forged.save()
    rewrite(scene.chain, [forged], after=last.hash)


@tampering("renumber")
def renumber(scene: Scene) -> None:
    """Take one out and close the gap, with hashes that fit."""
    entries(scene.chain).filter(number=3).delete()
    after = entries(scene.chain).get(number=2).hash
    kept = list(entries(scene.chain).filter(number__gt=3))
    for entry in kept:
        entry.number -= 1
    rewrite(scene.chain, kept, after=after)


@tampering("replace the whole log by a fork")
def fork(scene: Scene) -> None:
    """Write another history that agrees with itself, holding even the server's own key."""
    number = entries(scene.chain).count()
    entries(scene.chain).delete()
    AuditHead.objects.filter(pk=scene.chain).delete()
    somebody = System("somebody else")
    with transaction.atomic():
        for row in (Organisation.objects.get(pk=scene.chain), scene.person):
            recording.trail(row, by=somebody, act="recorded", versions=(None, row.version))
        for _ in range(number):
            audit.note(by=somebody, act="x", model="system", organisation_id=scene.chain)


@tampering("edit the anchor")
def edit_anchor(scene: Scene) -> None:
    """Cut the end off, and make the anchor say so too."""
    delete_tail(scene)
    whole = json.loads(scene.anchor)
    head = AuditHead.objects.get(pk=scene.chain)
    for told in whole["anchor"]["heads"]:
        if told["chain"] == str(scene.chain):
            told.update(number=head.number, hash=head.hash)
    scene.anchor = json.dumps(whole)


@tampering("move an entry to another organisation")
def move(scene: Scene) -> None:
    """Take the last entry over, as the next one there, with hashes and heads that fit."""
    last, before = entries(scene.chain).reverse()[:2]
    AuditHead.objects.filter(pk=scene.chain).update(number=before.number, hash=before.hash)
    end = entries(scene.other).last()
    last.organisation_id, last.number = scene.other, end.number + 1
    last.save()
    rewrite(scene.other, [last], after=end.hash)
    scene.anchor, scene.public_key = anchored()  # made too late: the commitment must tell


@tampering("change a row without an entry")
def change_row(scene: Scene) -> None:
    Individual.objects.filter(pk=scene.person.pk).update(circumstances="Never heard of.")


@tampering("restore an older database")
def restore(scene: Scene) -> None:
    """Keep an anchor of what was done since, and undo it all."""
    with transaction.atomic():
        work(System("tampering"), Organisation.objects.get(pk=scene.chain))
        scene.anchor, scene.public_key = anchored()
        transaction.set_rollback(True)


def alone() -> Figures:
    """Make a database for this alone, try everything, and take it away again."""
    database = connection.creation
    with as_owner(connection):
        name = database.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(ELEVATOR)
    try:
        with acting_as(System("tampering")):
            return run()
    finally:
        with as_owner(connection):
            database.destroy_test_db(name, verbosity=0)
