"""The views of the plain project."""

from typing import Any

from django.utils import timezone
from rest_framework import routers, serializers, viewsets
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from tests.peers.drf import digest
from tests.peers.models import Person, PersonName, Token


class ByToken(BaseAuthentication):
    def authenticate(self, request: Any) -> Any:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = Token.objects.select_related("user").filter(digest=digest(given)).first()
        if token is None or (token.expiry and token.expiry <= timezone.now()):
            raise AuthenticationFailed
        return token.user, token


class NameSerializer(serializers.ModelSerializer[PersonName]):
    class Meta:
        model = PersonName
        fields = ("id", "text", "part", "language_tag", "kind")


class PersonSerializer(serializers.ModelSerializer[Person]):
    names = NameSerializer(many=True, read_only=True)

    class Meta:
        model = Person
        fields = "__all__"


class People(viewsets.ModelViewSet[Person]):
    queryset = Person.objects.prefetch_related("names").order_by("-updated_at", "id")
    authentication_classes = (ByToken,)
    serializer_class = PersonSerializer
    filterset_fields = ("organisation_id", "return_status", "work_status", "sex")

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("recorded_by", "assigned_to")


router = routers.SimpleRouter()
router.register("people", People)
urlpatterns = router.urls
