"""The collections whose changes are told: the name of each, and the act of reading it."""

from collections.abc import Mapping

from cases.access.roles import Act

_EVIDENCE = {
    "organisation": "organisations",
    "place": "places",
    "placename": "place-names",
    "body": "bodies",
    "bodyname": "body-names",
    "official": "officials",
    "officialname": "official-names",
    "tenure": "tenures",
    "reporttext": "report-texts",
    "sourcereport": "source-reports",
    "qualityflag": "quality-flags",
    "statement": "statements",
    "speaker": "speakers",
    "citation": "citations",
    "population": "populations",
    "reportedcount": "reported-counts",
    "countlink": "count-links",
    "discrepancy": "discrepancies",
    "discrepancymember": "discrepancy-members",
    "negotiation": "negotiations",
    "position": "positions",
    "route": "routes",
    "routeleg": "route-legs",
    "repatriationbatch": "repatriation-batches",
    "batchslot": "batch-slots",
    "batchstep": "batch-steps",
    "mediation": "mediations",
}
_USERS = {
    "user": "users",
}
_KEEPING = {
    "webhook": "webhooks",
}
_CASES = {
    "assessment": "assessments",
    "individual": "individuals",
    "individualname": "individual-names",
    "contact": "contacts",
    "familylink": "family-links",
    "statusevent": "status-events",
    "statusproposal": "status-proposals",
    "duplicatedecision": "duplicate-decisions",
    "merge": "merges",
    "grant": "grants",
    "consent": "consents",
    "exclusion": "exclusions",
    "referral": "referrals",
    "retentionperiod": "retention-periods",
    "legalhold": "legal-holds",
    "anonymisation": "anonymisations",
    "tracingrequest": "tracing-requests",
    "tracingaction": "tracing-actions",
    "tracingcandidate": "tracing-candidates",
    "assistance": "assistance",
    "attachment": "attachments",
    "exportrun": "exports",
    "importrun": "imports",
    "task": "tasks",
    "note": "notes",
}
NAMES: Mapping[str, str] = {**_EVIDENCE, **_CASES, **_USERS, **_KEEPING}
"""By the name of the model. Views of a table go by the table; the trail is in order already."""
READ_BY: Mapping[str, Act] = {
    **dict.fromkeys(_EVIDENCE, Act.READ_EVIDENCE),
    **dict.fromkeys(_CASES, Act.READ_CASES),
    **dict.fromkeys(_USERS, Act.READ_USERS),
    **dict.fromkeys(_KEEPING, Act.KEEP_WEBHOOKS),
}
