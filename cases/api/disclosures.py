"""Who has learned of a person, as JSON."""

from typing import Any

from rest_framework import serializers


class DisclosureSerializer(serializers.Serializer[Any]):
    """One past disclosure."""

    at = serializers.DateTimeField()
    to = serializers.CharField(help_text="The organisation that learned it.")
    act = serializers.CharField(help_text="opened, told, read, downloaded or handed over")
    what = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True, help_text="When what was opened closed.")
    by = serializers.UUIDField(allow_null=True, help_text="The user, where the trail names one.")


class DisclosuresSerializer(serializers.Serializer[Any]):
    results = DisclosureSerializer(many=True, help_text="The latest first; at most 500.")
