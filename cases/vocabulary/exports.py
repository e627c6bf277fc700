"""Files out of the tracker."""

from cases.vocabulary.base import Terms


class FileFormat(Terms):
    CSV = "csv", "Comma-separated values in UTF-8, one row a line.", "CSV"
    XLSX = "xlsx", "A workbook: the rows, what each column means, and who took them.", "XLSX"
    HXL = "hxl", "CSV with a row of HXL 1.1 hashtags under the names.", "HXL"
    JSONL = "jsonl", "JSON lines: each row as the list shows it, one a line.", "JSON lines"


class ExportState(Terms):
    WAITING = "waiting", "Asked for; a second person decides.", "Waiting"
    APPROVED = "approved", "Approved; the file is being made.", "Approved"
    READY = "ready", "The file is there for whoever asked for it.", "Ready"
    FAILED = "failed", "The file could not be made.", "Failed"
    DECLINED = "declined", "A second person said no, with a reason.", "Declined"
    OVER = "over", "The file is deleted: its time is up, or it was taken often enough.", "Over"
