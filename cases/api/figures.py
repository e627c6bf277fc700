"""Figures: the very functions behind the dashboards, for machines."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.access.roles import Act
from cases.api.claims import seen_batches
from cases.api.declared import Declared
from cases.api.figure_files import (
    FigureFiles,
    bridge_table,
    outstanding_table,
    reconciliation_table,
)
from cases.api.formats import FORMAT
from cases.api.pictures import BridgesSerializer, OutstandingSerializer, SumSerializer
from cases.api.reconciliation import ReconciliationSerializer, reconciled
from cases.filters import values
from cases.models import Population, RepatriationBatch, ReportedCount
from cases.queries import bridge, outstanding
from cases.queries.claims import Claim, claims_of
from cases.rules.counts import Basis, check_addable
from cases.vocabulary.counts import Measure, Unit

T = TypeVar("T")
MOST_COUNTS = 100
_DAY_LENGTH = 10
_POPULATION = OpenApiParameter("population", str, required=True, description="Its id or code.")
_KNOWN_AT = OpenApiParameter(
    "known_at",
    str,
    description="As our database knew it at this moment, or at the end of this day.",
)


class FigureView(FigureFiles, Declared, APIView):
    """A figure: computed, never stored, and read only."""

    reads = Act.READ_EVIDENCE
    http_method_names = ["get", "head", "options"]  # noqa: RUF012 - DRF's

    def declared_parameters(self) -> tuple[str, ...]:
        return (FORMAT, *self.parameters) if self.has_files() else self.parameters

    def http_method_not_allowed(self, request: Any, *_args: Any, **_kwargs: Any) -> Any:
        raise MethodNotAllowed(request.method or "")

    def given(self, name: str, read: Callable[[str], T]) -> T | None:
        """Read an optional parameter.

        :raises ValidationError: beside its name.
        """
        text = self.request.query_params.get(name, "")
        try:
            return read(text) if text else None
        except ValidationError as fault:
            raise ValidationError({name: fault.error_list}) from None

    def needed(self, name: str, read: Callable[[str], T], sentence: str) -> T:
        """Read a parameter that has to be there.

        :raises ValidationError: with ``sentence`` where it is not.
        """
        value = self.given(name, read)
        if value is None:
            raise ValidationError({name: ValidationError(sentence, code="required")})
        return value

    def population(self) -> Population:
        sentence = "Say which population, by its id or code: ?population=…"
        return _population(self.needed("population", str, sentence))


class OutstandingView(FigureView):
    parameters = ("population", "valid_at", "known_at")

    shows = OutstandingSerializer
    tabled = staticmethod(outstanding_table)
    described = (
        _POPULATION,
        OpenApiParameter("valid_at", date, description="As of this day; today by default."),
        _KNOWN_AT,
    )

    def get(self, _request: Request) -> HttpResponseBase:
        """How many are outstanding: one series per claimant, never one number."""
        answer = outstanding.outstanding(
            self.population(),
            valid_at=self.given("valid_at", values.day),
            known_at=self.given("known_at", _known_at),
        )
        claims = [claim for series in answer.series for claim in series.claims]
        sides = [side.claim for about in answer.discrepancies for side in about.sides if side.claim]
        context = {"batches": seen_batches([*claims, *sides]), "answer": answer}
        return self.shown(OutstandingSerializer(answer, context=context).data)


class BridgeView(FigureView):
    parameters = ("population", "from", "to", "known_at")

    shows = BridgesSerializer
    tabled = staticmethod(bridge_table)
    described = (
        _POPULATION,
        OpenApiParameter("from", str, required=True, description="A day, or a claim's id."),
        OpenApiParameter("to", str, required=True, description="A day, or a claim's id."),
        _KNOWN_AT,
    )

    def get(self, _request: Request) -> HttpResponseBase:
        """Whether an earlier stock, less those who left, can be a later one."""
        population = self.population()
        sentence = "Give a day or the id of a claim for each end: ?from=…&to=…"
        start, end = (self.needed(name, _end, sentence) for name in ("from", "to"))
        answer = bridge.bridges(
            population, start=start, end=end, known_at=self.given("known_at", _known_at)
        )
        claims = [claim for pair in answer.comparisons for claim in _claims(pair)]
        context = {"batches": seen_batches(claims)}
        return self.shown(BridgesSerializer(answer, context=context).data)


class SumView(FigureView):
    parameters = ("population", "count")
    repeatable = ("population", "count")

    shows = SumSerializer
    described = (
        OpenApiParameter("count", UUID, many=True, description="A claim to add; repeat it."),
        OpenApiParameter(
            "population", str, many=True, description="Refused: populations are never added."
        ),
    )

    def get(self, request: Request) -> Response:
        """Add claims that you name, where their population, measure and unit are the same."""
        self._refuse_populations(request.query_params.getlist("population"))
        claims = self._claims(request.query_params.getlist("count"))
        total = outstanding.sum_of(claims)
        context = {"batches": seen_batches(claims)}
        answer = {"low": total.low, "high": total.high, "in_words": str(total), "counts": claims}
        return Response(SumSerializer(answer, context=context).data)

    def _refuse_populations(self, named: list[str]) -> None:
        if not named:
            return
        found = {_population(name).code for name in named}
        check_addable(Basis(code, Measure.STOCK, Unit.PERSON) for code in found)
        message = (
            "Claims about one population are never added for you: two claimants may count the "
            "same people. Name the claims to add: ?count=…&count=…"
        )
        raise ValidationError({"population": ValidationError(message, code="not_addable")})

    def _claims(self, named: list[str]) -> list[Claim]:
        if not 0 < len(named) <= MOST_COUNTS or len(set(named)) < len(named):
            message = f"Name from 1 to {MOST_COUNTS} claims, each once: ?count=…&count=…"
            raise ValidationError({"count": ValidationError(message, code="required")})
        keys = {values.key(text) for text in named}
        claims = claims_of(ReportedCount.objects.filter(pk__in=keys).order_by("recorded_at", "pk"))
        if len(claims) < len(keys):
            raise Http404
        return claims


class ReconciliationView(FigureView):
    parameters = ("batch",)

    shows = ReconciliationSerializer
    tabled = staticmethod(reconciliation_table)
    described = (OpenApiParameter("batch", UUID, required=True),)

    def get(self, _request: Request) -> HttpResponseBase:
        """Headcounts of a batch held against its slots; says what is unnamed."""
        key = self.needed("batch", values.key, "Say which batch, by its id: ?batch=…")
        batch = RepatriationBatch.objects.filter(pk=key).first()
        if batch is None:
            raise Http404
        return self.shown(reconciled(batch))


def _population(named: str) -> Population:
    try:
        found = Population.objects.filter(pk=values.key(named)).first()
    except ValidationError:
        found = Population.objects.filter(code=named).first()
    if found is None:
        raise Http404
    return found


def _known_at(text: str) -> datetime:
    if len(text) == _DAY_LENGTH:
        return datetime.combine(values.day(text), time.max, tzinfo=UTC)
    return values.moment(text)


def _end(text: str) -> date | UUID:
    return values.day(text) if len(text) == _DAY_LENGTH else values.key(text)


def _claims(pair: bridge.Comparison) -> list[Claim]:
    left_out = [claim for claim, _ in pair.left_out]
    return [pair.start, pair.end, *(flow.claim for flow in pair.used), *left_out]
