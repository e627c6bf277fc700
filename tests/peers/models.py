"""The tables as a plain project would describe them: no gate, no classes of fields."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone


class Account(models.Model):
    id = models.UUIDField(primary_key=True)
    email = models.CharField(max_length=254)
    is_active = models.BooleanField()

    class Meta:
        managed = False
        db_table = "cases_user"

    def __str__(self) -> str:
        return self.email

    @property
    def is_authenticated(self) -> bool:
        return True


class Token(models.Model):
    digest = models.CharField(max_length=128, primary_key=True)
    user = models.ForeignKey(Account, models.DO_NOTHING)
    expiry = models.DateTimeField(null=True)
    objects: Any = models.Manager()

    class Meta:
        managed = False
        db_table = "knox_authtoken"

    def __str__(self) -> str:
        return "a token"


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    recorded_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    organisation_id = models.UUIDField()
    recorded_by = models.ForeignKey(Account, models.DO_NOTHING, related_name="+")
    assigned_to = models.ForeignKey(Account, models.DO_NOTHING, related_name="+", null=True)
    case_number = models.CharField(max_length=20)
    identification = models.CharField(max_length=20, default="named")
    sex = models.CharField(max_length=20, default="unknown")
    birth_edtf = models.CharField(max_length=64, default="")
    age_as_stated = models.IntegerField(null=True)
    age_as_of_edtf = models.CharField(max_length=64, default="")
    separation_edtf = models.CharField(max_length=64, default="")
    circumstances = models.TextField(default="")
    return_status = models.CharField(max_length=30, default="reported")
    work_status = models.CharField(max_length=30, default="draft")
    priority = models.CharField(max_length=20, default="routine")
    sensitivity = models.CharField(max_length=20, default="standard")
    do_not_share_with = models.TextField(default="")
    anonymised_at = models.DateTimeField(null=True)
    birth_earliest = models.DateField(null=True)
    birth_latest = models.DateField(null=True)
    birth_as_stated = models.CharField(max_length=200, default="")
    age_as_of_earliest = models.DateField(null=True)
    age_as_of_latest = models.DateField(null=True)
    age_as_of_as_stated = models.CharField(max_length=200, default="")
    separation_earliest = models.DateField(null=True)
    separation_latest = models.DateField(null=True)
    separation_as_stated = models.CharField(max_length=200, default="")
    objects: Any = models.Manager()

    class Meta:
        managed = False
        db_table = "cases_individual"

    def __str__(self) -> str:
        return self.case_number


class PersonName(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    recorded_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    organisation_id = models.UUIDField()
    recorded_by = models.ForeignKey(Account, models.DO_NOTHING, related_name="+")
    individual = models.ForeignKey(Person, models.DO_NOTHING, related_name="names")
    text = models.CharField(max_length=200)
    part = models.CharField(max_length=20, default="full")
    language_tag = models.CharField(max_length=35)
    kind = models.CharField(max_length=20, default="official")
    search_key = models.CharField(max_length=600, default="")
    objects: Any = models.Manager()

    class Meta:
        managed = False
        db_table = "cases_individualname"

    def __str__(self) -> str:
        return self.text


class Event(models.Model):
    id = models.UUIDField(primary_key=True)
    recorded_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.IntegerField()
    organisation_id = models.UUIDField()
    recorded_by_id = models.UUIDField(null=True)
    individual = models.ForeignKey(Person, models.DO_NOTHING, related_name="events")
    axis = models.CharField(max_length=10)
    from_status = models.CharField(max_length=30)
    to_status = models.CharField(max_length=30)
    occurred_edtf = models.CharField(max_length=64)
    occurred_earliest = models.DateField(null=True)
    occurred_latest = models.DateField(null=True)
    occurred_as_stated = models.CharField(max_length=200)
    place_id = models.UUIDField(null=True)
    statement_id = models.UUIDField(null=True)
    second_statement_id = models.UUIDField(null=True)
    observation = models.TextField()
    corrects_id = models.UUIDField(null=True)
    moves = models.BooleanField()
    objects: Any = models.Manager()

    class Meta:
        managed = False
        db_table = "cases_statusevent"

    def __str__(self) -> str:
        return self.to_status


def new_person(
    user: Account, given: Mapping[str, Any], names: Iterable[Mapping[str, Any]]
) -> Person:
    """Add a person and their names, as an ordinary ``create`` does."""
    person: Person = Person.objects.create(recorded_by=user, **given)
    for name in names:
        PersonName.objects.create(
            individual=person, organisation_id=person.organisation_id, recorded_by=user, **name
        )
    return person
