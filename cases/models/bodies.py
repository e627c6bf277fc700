"""Institutions, the people who speak for them, and their offices."""

from typing import ClassVar

from django.db import models
from django.db.models import QuerySet

from cases.access.scope import SHARED, Scope
from cases.access.sensitivity import OPEN, Classes, dated
from cases.models.base import SHORT, Record
from cases.models.dates import PartialDateField
from cases.models.gate import GateManager
from cases.models.names import LanguageName
from cases.models.terms import known_term
from cases.vocabulary.bodies import BodyKind


class Body(Record):
    """An institution, office, outlet or community that speaks, mediates, releases or publishes."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "name": OPEN,
        "kind": OPEN,
        "country": OPEN,
        "mediates": OPEN,
    }

    name = models.CharField(max_length=SHORT, help_text="The name we show, in English.")
    kind = models.CharField(max_length=20, choices=BodyKind)
    country = models.ForeignKey(
        "cases.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "country"},
        help_text="Empty for an international body.",
    )
    mediates = models.BooleanField(
        default=False, help_text="Mediates or facilitates returns, on somebody's word."
    )

    class Meta(Record.Meta):
        verbose_name_plural = "bodies"
        constraints = (
            known_term("body", "kind", BodyKind),
            models.UniqueConstraint(
                fields=["name"],
                name="body_name_is_unique",
                violation_error_message="A body of this name exists already.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class MediatingManager(GateManager["MediatingBody"]):
    """Bodies that mediate."""

    def get_queryset(self) -> "QuerySet[MediatingBody]":
        return super().get_queryset().filter(mediates=True)


class MediatingBody(Body):
    """A body that mediates, such as the ICRC or the government of Belarus."""

    objects: ClassVar[MediatingManager] = MediatingManager()

    class Meta(Record.Meta):
        proxy = True
        verbose_name_plural = "mediating bodies"


class BodyName(LanguageName):
    """One name of a body in one language and script."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {**LanguageName.SENSITIVITY, "body": OPEN}

    body = models.ForeignKey(Body, models.PROTECT, related_name="names")

    class Meta(LanguageName.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["body", "text", "language_tag"],
                name="body_name_stands_once",
                violation_error_message="The body has this name in this language already.",
            ),
        )


class Official(Record):
    """A person who speaks in office. Names and offices are what sources say they are."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {**Record.SENSITIVITY, "name": OPEN, "remarks": OPEN}

    name = models.CharField(max_length=SHORT, help_text="The name we show, in English.")
    remarks = models.CharField(
        max_length=SHORT, blank=True, default="", help_text="What tells them from a namesake."
    )

    class Meta(Record.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class OfficialName(LanguageName):
    """A name that a source gives an official."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **LanguageName.SENSITIVITY,
        "official": OPEN,
        "statement": OPEN,
    }

    official = models.ForeignKey(Official, models.PROTECT, related_name="names")
    statement = models.ForeignKey(
        "cases.Statement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where the name is given so.",
    )

    class Meta(LanguageName.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["official", "text", "language_tag"],
                name="official_name_stands_once",
                violation_error_message="The official has this name in this language already.",
            ),
        )


class Tenure(Record):
    """An office that somebody says an official holds or held."""

    SCOPE: ClassVar[Scope] = SHARED
    SENSITIVITY: ClassVar[Classes] = {
        **Record.SENSITIVITY,
        "official": OPEN,
        "body": OPEN,
        "title": OPEN,
        "place": OPEN,
        "statement": OPEN,
        **dated("valid", OPEN),
    }

    official = models.ForeignKey(Official, models.PROTECT, related_name="tenures")
    body = models.ForeignKey(Body, models.PROTECT, related_name="tenures")
    title = models.CharField(max_length=SHORT, help_text="The office, in English.")
    place = models.ForeignKey(
        "cases.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The place the office is over.",
    )
    valid_edtf = PartialDateField("valid")
    statement = models.ForeignKey(
        "cases.Statement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who says so, and where.",
    )

    class Meta(Record.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.title}, {self.official}"
