"""Figures as tables: a row for each claim, with what the figure says of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django.http import HttpResponseBase
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.claims import ClaimSerializer
from cases.api.columns import columns_of
from cases.api.files import Files
from cases.api.pictures import ComparisonSerializer, SeriesSerializer
from cases.api.reconciliation import ComparedClaimSerializer, TallySerializer
from cases.exchange.tables import Column, Kind, Row, Table

Answer = Mapping[str, Any]
_CLAIM = (("claim", "id"),)
_LATEST = "Whether it is the latest of its claimant."
_GROUP = "The subgroup; empty for the whole."
_TALLY = "Of the group, and not of this claim: it stands in each row of the group."


class FigureFiles(Files):
    """A figure that can be had as a table; without ``tabled`` it is JSON only."""

    tabled: ClassVar[Any] = None
    """Makes a table of the answer."""

    def has_files(self) -> bool:
        return self.tabled is not None

    def shown(self, answer: Answer) -> HttpResponseBase:
        """Answer with JSON, or with the table that was asked for."""
        if self.file_format is None:
            return Response(answer)
        table: Table = self.tabled(answer)
        return self.file_of(table.name, lambda: table)


def outstanding_table(answer: Answer) -> Table:
    """Give a row for each claim of each claimant, and whether it is the latest."""
    columns = (
        _text("population", "The code of the population."),
        _text("series", "Who claims it: one series a claimant."),
        Column("is_latest", ("is_latest",), Kind.TRUTH, _LATEST),
        *_some(SeriesSerializer(), "is_stale", "age_in_days"),
        *_of_the_claim(),
    )
    return Table(
        "outstanding", "Outstanding, by whose claim", columns, _claims(answer), figures=_CLAIM
    )


def _claims(answer: Answer) -> Iterator[Row]:
    for series in answer["series"]:
        for claim in series["claims"]:
            yield {
                **series,
                "population": answer["population"]["code"],
                "series": series["label"],
                "is_latest": claim["id"] == series["latest"]["id"],
                "claim": claim,
            }


def reconciliation_table(answer: Answer) -> Table:
    """Give a row for each claim of each group, beside the slots of the group."""
    tally = [replace(one, meaning=f"{one.meaning} {_TALLY}") for one in columns_of(_TALLIES)]
    columns = (
        _text("group", _GROUP),
        _text("in_words", "What is named of the group, and what is not."),
        *(replace(one, path=("tally", *one.path)) for one in tally),
        *(replace(one, name="compared") for one in _some(ComparedClaimSerializer(), "state")),
        *_of_the_claim(),
    )
    return Table(
        "reconciliation", "Claims against slots and names", columns, _groups(answer), figures=_CLAIM
    )


_TALLIES = TallySerializer()


def _groups(answer: Answer) -> Iterator[Row]:
    for number, group in enumerate([answer["whole"], *answer["subgroups"]]):
        row = {**group, "group": group["label"] if number else ""}
        yield from ({**row, **compared} for compared in group["claims"])
        if not group["claims"]:
            yield row


def bridge_table(answer: Answer) -> Table:
    """Give a row for each pair of stocks, with the verdict."""
    columns = (
        *_within("start", ClaimSerializer()),
        *_within("end", ClaimSerializer()),
        *columns_of(ComparisonSerializer(), {"start", "end", "used", "left_out"}),
    )
    return Table(
        "outstanding/bridge",
        "Whether two stocks can both be so",
        columns,
        _pairs(answer),
        figures=(("start", "id"), ("end", "id")),
    )


def _pairs(answer: Answer) -> Iterator[Row]:
    yield from answer["comparisons"]


def _text(name: str, meaning: str) -> Column:
    return Column(name, (name,), Kind.TEXT, meaning)


def _some(serializer: serializers.Serializer[Any], *names: str) -> list[Column]:
    return list(columns_of(serializer, serializer.fields.keys() - {*names}))


def _of_the_claim() -> list[Column]:
    return [replace(one, path=("claim", *one.path)) for one in columns_of(ClaimSerializer())]


def _within(name: str, serializer: serializers.Serializer[Any]) -> list[Column]:
    """Give the columns of what stands in a row under ``name``, after which they are called."""
    return [
        replace(one, name=f"{name}.{one.name}", path=(name, *one.path))
        for one in columns_of(serializer)
    ]
