"""Where uploads lie: outside all addresses, on the disk before an act is acknowledged."""

import os
from pathlib import Path
from typing import Any, NoReturn

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Django's own folder, which no address leads to; a power cut leaves what it has accepted."""

    def _save(self, name: str, content: Any) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]
        path = Path(self.path(saved))
        for place in (path, path.parent):  # the name of a new file is the folder's content
            _sync(place)
        return saved

    def url(self, name: str | None) -> NoReturn:  # noqa: ARG002 (Django's signature)
        """Refuse: files are handed out by views that ask the gate.

        :raises ValueError: always.
        """
        message = "Uploads have no address."
        raise ValueError(message)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
