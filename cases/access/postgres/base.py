"""The database backend that `DATABASES` names as `cases.access.postgres`."""

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper

from cases.access.postgres.cursors import TellingCursor, TellingServerBindingCursor


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL, with cursors that tell the server who acts."""

    def get_connection_params(self) -> dict[str, Any]:
        is_bound_by_server = self.settings_dict["OPTIONS"].get("server_side_binding") is True
        factory = TellingServerBindingCursor if is_bound_by_server else TellingCursor
        return {**super().get_connection_params(), "cursor_factory": factory}

    def chunked_cursor(self) -> CursorWrapper:
        """Read a whole result, also for `.iterator()`.

        A cursor of the server works out the policies while it is read: after a change of actor,
        for somebody else than it was opened for.
        """
        return self.cursor()
