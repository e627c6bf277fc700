"""What every view declares: its parameters, the act that it asks for, and so its methods."""

from http import HTTPStatus
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response

from cases.access.gate import can, current_actor
from cases.access.roles import Act
from cases.api import parameters, throttling
from cases.api.permissions import is_safe


class Declared:
    """Parameters that a view declares, and the act that it asks for."""

    reads: ClassVar[Act]
    writes: ClassVar[Act | None] = None
    act: Act | None = None
    """The act of a sub-resource."""
    parameters: tuple[str, ...] = ()
    repeatable: tuple[str, ...] = ()
    described: tuple[Any, ...] = ()
    """What the schema says of the parameters."""
    shows: type[serializers.BaseSerializer[Any]] | None = None
    """What a computed answer looks like."""
    headers: dict[str, str]
    http_method_names: list[str]

    def act_of(self, method: str) -> Act | None:
        """Say which act ``method`` asks for; None where there is no such operation."""
        if is_safe(method):
            return self.act or self.reads
        is_there = getattr(self, "action", None) is not None
        return (self.act or self.writes) if is_there else None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Another charset would be used on the query string too, and zlib_codec breaks it.
        content = request._request.content_params or {}  # noqa: SLF001 - DRF hides it
        if content.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            raise UnsupportedMediaType(request.content_type)
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        parameters.check(request, self.declared_parameters(), self.repeatable)

    def check_throttles(self, request: Request) -> None:
        self.headers |= throttling.checked(request)

    def declared_parameters(self) -> tuple[str, ...]:
        return self.parameters

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:  # noqa: ARG002
        """Say by `Allow` what whoever asks may do here; no row is looked at."""
        return Response(status=HTTPStatus.NO_CONTENT, headers={"Allow": self._allow()})

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Leave out `Allow`: who asks is not known yet when these are made."""
        given: dict[str, str] = super().default_response_headers  # type: ignore[misc]
        return {name: value for name, value in given.items() if name != "Allow"}

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response["Allow"] = self._allow()
        return super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]

    def _allow(self) -> str:
        """List the methods that are here, less those that the role of whoever acts has not."""
        actor = current_actor()
        acts = {name: self._act_here(name) for name in self.http_method_names}
        return ", ".join(
            name.upper()
            for name, act in acts.items()
            if name == "options" or (act is not None and can(actor, act))
        )

    def _act_here(self, method: str) -> Act | None:
        if not hasattr(self, method):
            return None
        return self.act or (self.reads if is_safe(method.upper()) else self.writes)
