"""What a part has counted, beside what is promised."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One number of a run; without a promise it only says how hard the trial was."""

    part: str
    name: str
    found: str
    promised: str | None = None

    @property
    def is_kept(self) -> bool:
        return self.promised is None or self.found == self.promised


def counted(part: str, name: str, found: object, promised: object = None) -> Figure:
    """Write the numbers as they are shown."""
    return Figure(part, name, str(found), None if promised is None else str(promised))


def table(title: str, figures: Iterable[Figure]) -> str:
    """Set out the figures of one database."""
    lines = [title, f"  {'':<10}{'':<48}{'found':>12}  promised"]
    for figure in figures:
        verdict = "" if figure.is_kept else "   ← not kept"
        row = f"  {figure.part:<10}{figure.name:<48}{figure.found:>12}"
        lines.append(f"{row}  {figure.promised or '':<8}{verdict}".rstrip())
    return "\n".join(lines)
