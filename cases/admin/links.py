"""Addresses of records: a page of its own where there is one, or else its form."""

from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from cases.models import (
    Individual,
    RepatriationBatch,
    ReportedCount,
    SourceReport,
    TracingRequest,
)
from cases.rules.duplicates import in_order

WITH_PAGE: frozenset[type[models.Model]] = frozenset(
    {Individual, RepatriationBatch, ReportedCount, SourceReport, TracingRequest}
)


def page_of(model: type[models.Model], pk: Any) -> str:
    """Address the page of one record."""
    concrete = model._meta.concrete_model or model
    kind = "page" if concrete in WITH_PAGE else "change"
    named = concrete if kind == "page" else model
    return reverse(f"admin:cases_{named._meta.model_name}_{kind}", args=[pk])


def url_of(record: models.Model) -> str:
    """Address the page of a record."""
    return page_of(type(record), record.pk)


def link_to(record: models.Model, words: str = "") -> str:
    """Link to a record in ``words``, or by its own reference."""
    return format_html('<a href="{}">{}</a>', url_of(record), words or str(record))


def with_form(record: models.Model, name: str, **given: Any) -> str:
    """Address the page of a record with a form open on it."""
    return f"{url_of(record)}?{urlencode({'do': name, **given})}#form"


def list_of(model: type[models.Model], **filters: Any) -> str:
    """Address a filtered list."""
    address = reverse(f"admin:cases_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(filters)}" if filters else address


def add_to(model: type[models.Model], **given: Any) -> str:
    """Address an add form with fields filled in."""
    address = reverse(f"admin:cases_{model._meta.model_name}_add")
    return f"{address}?{urlencode(given)}" if given else address


def deed_of(record: models.Model, name: str, **given: Any) -> str:
    """Address the form of one act on a record."""
    concrete = type(record)._meta.concrete_model or type(record)
    address = reverse(f"admin:cases_{concrete._meta.model_name}_deed", args=[record.pk, name])
    return f"{address}?{urlencode(given)}" if given else address


def pair_of(one: UUID, other: UUID) -> str:
    """Address two cases side by side."""
    return reverse("admin:duplicates_pair", args=in_order(one, other))
