"""Rows for the tests of figures: who claims what, of whom, in which reports."""

from typing import Any

from cases.models import Population, ReportedCount, Statement
from cases.vocabulary.counts import Measure, Qualifier
from tests.factories import (
    CitationFactory,
    OfficialFactory,
    PopulationFactory,
    ReportedCountFactory,
    SourceReportFactory,
    SpeakerFactory,
    StatementFactory,
)


def says(*names: str, reports: tuple[str, ...] = ()) -> Statement:
    """A statement by officials of these names, or by nobody, relayed by reports of these codes."""
    statement = StatementFactory(named=bool(names))
    for name in names:
        SpeakerFactory(statement=statement, official=official(name))
    for code in reports:
        CitationFactory(statement=statement, report=SourceReportFactory(code=code))
    return statement


def official(name: str) -> Any:
    from_before = OfficialFactory._meta.model.objects.filter(name=name).first()
    return from_before or OfficialFactory(name=name)


def stock(population: Population, value: int, statement: Statement, **fields: Any) -> ReportedCount:
    """Exactly so many, unless a trait says otherwise."""
    return ReportedCountFactory(
        population=population, stated_value=value, statement=statement, **fields
    )


def about(population: Population, value: int, statement: Statement, **fields: Any) -> ReportedCount:
    return stock(
        population,
        value,
        statement,
        qualifier=Qualifier.ABOUT,
        stated_text=f"about {value:,}",
        low=None,
        high=None,
        **fields,
    )


def flow(returned: Population, value: int, statement: Statement, **fields: Any) -> ReportedCount:
    """So many left in one event."""
    return ReportedCountFactory(
        population=returned,
        stated_value=value,
        statement=statement,
        measure=fields.pop("measure", Measure.FLOW_OF_EVENT),
        **fields,
    )


def held_and_returned() -> tuple[Population, Population]:
    """People held, and those who left them."""
    held = PopulationFactory(code="held", title="Residents held")
    return held, PopulationFactory(returned=True, code="returned", leaves=held)
