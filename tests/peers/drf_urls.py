"""The views of the plain project."""

from typing import Any

from django.db import transaction
from rest_framework import routers, serializers, viewsets
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from tests.peers import stock
from tests.peers.models import Event, Person, PersonName, new_person


class ByToken(BaseAuthentication):
    def authenticate(self, request: Any) -> Any:
        user = stock.holder(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if user is None:
            raise AuthenticationFailed
        return user, None


class NameSerializer(serializers.ModelSerializer[PersonName]):
    class Meta:
        model = PersonName
        fields = ("id", "text", "part", "language_tag", "kind")
        read_only_fields = ("id",)


class PersonSerializer(serializers.ModelSerializer[Person]):
    names = NameSerializer(many=True)

    class Meta:
        model = Person
        fields = "__all__"
        read_only_fields = ("id", "recorded_at", "updated_at", "version", "recorded_by")

    @transaction.atomic
    def create(self, validated_data: Any) -> Person:
        names = validated_data.pop("names")
        return new_person(self.context["request"].user, validated_data, names)


class EventSerializer(serializers.ModelSerializer[Event]):
    class Meta:
        model = Event
        fields = "__all__"


class People(viewsets.ModelViewSet[Person]):
    queryset = Person.objects.prefetch_related("names").order_by("-updated_at", "id")
    authentication_classes = (ByToken,)
    serializer_class = PersonSerializer
    filterset_fields = ("organisation_id", "return_status", "work_status", "sex")

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("recorded_by", "assigned_to")


class Events(viewsets.ReadOnlyModelViewSet[Event]):
    queryset = Event.objects.order_by("-updated_at", "id")
    authentication_classes = (ByToken,)
    serializer_class = EventSerializer
    filterset_fields = ("individual",)


router = routers.SimpleRouter()
router.register("people", People)
router.register("events", Events)
urlpatterns = router.urls
