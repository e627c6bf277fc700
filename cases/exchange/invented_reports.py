"""Invented reports that wait to be digested, with the faults that real ones have."""

from cases.access.gate import acting_as
from cases.actions import report_texts, reports
from cases.exchange.invented import Desk
from cases.exchange.invented_people import INVENTED
from cases.vocabulary.organisations import Role
from cases.vocabulary.reports import DigestState

_TEXTS = (
    (
        "Buses reach an invented town",
        (
            "The Invented Courier\n\n"
            "Two buses with 14 residents came to Lower Invented on Thursday, 9 August 2024, an "
            "office of the town said.\n\n"
            "Of the 14 people, including 20 children, some had walked for days, according to "
            "[citation needed].\n\n"
            "The office expects more of them; yesterday it opened a second shelter."
        ),
    ),
    (
        "An invented shelter closes",
        (
            "В Нижнем Вымышленном закрыли приют, сообщили вчера в управе.\n\n"
            "Из приюта уехали 9 жителей, в том числе 3 детей. Источник: ???"
        ),
    ),
)


def record_reports(desk: Desk) -> None:
    """Record two reports with their texts; somebody has the second in hand."""
    with acting_as(desk.actor(Role.CASEWORKER)) as by:
        key = desk.users[Role.CASEWORKER].organisation.key
        for number, (title, text) in enumerate(_TEXTS, start=1):
            report = reports.record(
                by=by, code=f"INV-{key[:10]}-{number}", title=title, remarks=INVENTED
            )
            kept = report_texts.keep(by=by, report=report, text=text)
        report_texts.move(kept, by=by, version=None, to_state=DigestState.IN_HAND)
