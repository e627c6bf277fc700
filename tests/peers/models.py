"""The tables as a plain project would describe them: no gate, no classes of fields."""

from typing import Any

from django.db import models


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
    id = models.UUIDField(primary_key=True)
    recorded_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.IntegerField()
    organisation_id = models.UUIDField()
    recorded_by = models.ForeignKey(Account, models.DO_NOTHING, related_name="+")
    assigned_to = models.ForeignKey(Account, models.DO_NOTHING, related_name="+", null=True)
    case_number = models.CharField(max_length=20)
    identification = models.CharField(max_length=20)
    sex = models.CharField(max_length=20)
    age_as_stated = models.IntegerField(null=True)
    age_as_of_edtf = models.CharField(max_length=64)
    age_as_of_earliest = models.DateField(null=True)
    age_as_of_latest = models.DateField(null=True)
    age_as_of_as_stated = models.CharField(max_length=200)
    return_status = models.CharField(max_length=30)
    work_status = models.CharField(max_length=30)
    priority = models.CharField(max_length=20)
    sensitivity = models.CharField(max_length=20)
    anonymised_at = models.DateTimeField(null=True)
    objects: Any = models.Manager()

    class Meta:
        managed = False
        db_table = "cases_individual"

    def __str__(self) -> str:
        return self.case_number


class PersonName(models.Model):
    id = models.UUIDField(primary_key=True)
    individual = models.ForeignKey(Person, models.DO_NOTHING, related_name="names")
    text = models.CharField(max_length=200)
    part = models.CharField(max_length=20)
    language_tag = models.CharField(max_length=35)
    kind = models.CharField(max_length=20)

    class Meta:
        managed = False
        db_table = "cases_individualname"

    def __str__(self) -> str:
        return self.text
