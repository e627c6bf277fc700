"""The names of what can wait: an act puts one in with what it writes, a worker carries it out."""

from enum import StrEnum


class Job(StrEnum):
    """Work in the background. `cases.jobs` has the function of each."""

    CARRY_OUT_BULK = "carry_out_bulk"
    BUILD_EXPORT = "build_export"
    PURGE_EXPORTS = "purge_exports"
    CARRY_OUT_IMPORT = "carry_out_import"
    FORGET_IMPORTS = "forget_imports"
    REMIND = "remind"
    SEND_SUMMARIES = "send_summaries"
    SEND_WEEKLY_SUMMARIES = "send_weekly_summaries"
    DELIVER_TO_WEBHOOKS = "deliver_to_webhooks"
    PUBLISH_CASELOAD = "publish_caseload"
    NOTE_ENDED_GRANTS = "note_ended_grants"
