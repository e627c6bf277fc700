from django.db import migrations, models
from django.db.models import Count, Q

import cases.clock
import cases.ids

# As in cases/rules/batches.py when this was written; a migration does not follow later changes.
OVER = ("arrived", "partially_arrived", "reconciled", "closed", "cancelled", "failed")
GONE = ("no_show", "removed")


def work_out_is_live(apps, _schema_editor):
    """Say of each slot whether its movement is over, by its batch and its presence."""
    slots = apps.get_model("cases", "BatchSlot").objects.all()
    slots.filter(Q(batch__status__in=OVER) | Q(presence__in=GONE)).update(is_live=False)
    live = slots.filter(is_live=True, individual__isnull=False)
    people = live.order_by().values("individual").annotate(number=Count("pk")).filter(number__gt=1)
    twice = live.filter(individual__in=people.values("individual")).order_by("individual", "pk")
    if found := [f"{slot.pk} (batch {slot.batch.code})" for slot in twice]:
        message = (
            "A person can be in one batch that is not over, and these slots hold somebody who is "
            f"in several: {', '.join(found)}. Nothing was changed. Unbind all but one slot of each "
            "person, or move the finished batches on, then migrate again."
        )
        raise ValueError(message)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_grants")]
    operations = [
        migrations.AddField(
            model_name="batchslot",
            name="is_live",
            field=models.BooleanField(
                default=True,
                editable=False,
                help_text="The movement is not over, and whoever holds the slot is still in it.",
                verbose_name="live",
            ),
        ),
        migrations.RunPython(work_out_is_live, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="batchslot",
            constraint=models.UniqueConstraint(
                condition=Q(("individual__isnull", False), ("is_live", True)),
                fields=("individual",),
                name="individual_is_in_one_live_batch",
                violation_error_message=(
                    "This person is in a batch that is not over. "
                    "Take them off it first, or wait until it is over."
                ),
            ),
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=cases.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("organisation_id", models.UUIDField(db_index=True)),
                (
                    "principal_id",
                    models.UUIDField(
                        help_text=(
                            "The user, not the token: a token may be changed between two tries."
                        )
                    ),
                ),
                ("key", models.CharField(max_length=255)),
                ("method", models.CharField(max_length=10)),
                ("path", models.CharField(max_length=300)),
                (
                    "fingerprint",
                    models.CharField(
                        help_text="A keyed hash of method, address and body, never the body.",
                        max_length=64,
                    ),
                ),
                ("result_model", models.CharField(blank=True, default="", max_length=40)),
                ("result_id", models.UUIDField(blank=True, null=True)),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty until the write of this transaction is done.",
                        null=True,
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(db_index=True, default=cases.clock.now, editable=False),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("principal_id", "key"),
                        name="idempotency_key_stands_once",
                        violation_error_message="This key has been used already.",
                    ),
                    models.CheckConstraint(
                        condition=Q(("status__isnull", True))
                        | Q(("status__gte", 200), ("status__lt", 300)),
                        name="idempotency_key_remembers_success_only",
                        violation_error_message="Only a write that succeeded is remembered.",
                    ),
                ],
            },
        ),
    ]
