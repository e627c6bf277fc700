"""The schema and a page to try it on, both from this server."""

from typing import Any

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer, TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from cases.api.authentication import BearerAuthentication
from cases.api.permissions import SignedIn

# The one style that Swagger UI writes into its page; the policy allows it by its hash alone.
SWAGGER_STYLE = "'sha256-MMpT0iDxyjALd9PdfepImGX3DBfJPXZ4IlDWdPAgtn0='"
_AUTHENTICATION = (BearerAuthentication, SessionAuthentication)


class SchemaView(SpectacularAPIView):
    """The schema of this API."""

    authentication_classes = _AUTHENTICATION
    permission_classes = (SignedIn,)
    http_method_names = ("get", "head")


@method_decorator(csp_update({"style-src": [SWAGGER_STYLE]}), name="dispatch")
class DocumentationView(SpectacularSwaggerSplitView):
    """The schema as a page."""

    authentication_classes = _AUTHENTICATION
    permission_classes = (SignedIn,)
    renderer_classes = [TemplateHTMLRenderer, JSONRenderer]  # noqa: RUF012 - DRF's
    http_method_names = ("get", "head")
    url_name = "api:schema"


class NowhereView(APIView):
    """Every other address: the same answer as for an unseen row."""

    permission_classes = (SignedIn,)
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound
