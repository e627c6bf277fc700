import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cases.clock
import cases.ids
import cases.models.terms
import cases.models.texts

SIZES = {
    "assessment": {
        "as_of_as_stated__length__lte": 200,
        "as_of_edtf__length__lte": 64,
        "high__lte": 2147483647,
        "low__lte": 2147483647,
        "method__length__lte": 4000,
        "version__lte": 2147483647,
    },
    "assessmentbasis": {
        "version__lte": 2147483647,
    },
    "assistance": {
        "currency__length__lte": 3,
        "due_as_stated__length__lte": 200,
        "due_edtf__length__lte": 64,
        "remarks__length__lte": 4000,
        "version__lte": 2147483647,
    },
    "batchslot": {
        "number__lte": 32767,
        "version__lte": 2147483647,
    },
    "batchstep": {
        "occurred_as_stated__length__lte": 200,
        "occurred_edtf__length__lte": 64,
        "remarks__length__lte": 4000,
        "version__lte": 2147483647,
    },
    "body": {
        "name__length__lte": 200,
        "version__lte": 2147483647,
    },
    "bodyname": {
        "language_tag__length__lte": 35,
        "search_key__length__lte": 400,
        "text__length__lte": 200,
        "version__lte": 2147483647,
    },
    "citation": {
        "locator__length__lte": 60,
        "version__lte": 2147483647,
    },
    "contact": {
        "name__length__lte": 200,
        "reached_at__length__lte": 200,
        "reference__length__lte": 40,
        "remarks__length__lte": 4000,
        "search_key__length__lte": 400,
        "version__lte": 2147483647,
    },
    "countlink": {
        "remarks__length__lte": 500,
        "version__lte": 2147483647,
    },
    "discrepancy": {
        "rationale__length__lte": 4000,
        "title__length__lte": 200,
        "version__lte": 2147483647,
    },
    "discrepancymember": {
        "version__lte": 2147483647,
        "version_text__length__lte": 200,
    },
    "familylink": {
        "remarks__length__lte": 4000,
        "version__lte": 2147483647,
    },
    "individual": {
        "age_as_of_as_stated__length__lte": 200,
        "age_as_of_edtf__length__lte": 64,
        "age_as_stated__lte": 32767,
        "birth_as_stated__length__lte": 200,
        "birth_edtf__length__lte": 64,
        "case_number__length__lte": 20,
        "circumstances__length__lte": 4000,
        "do_not_share_with__length__lte": 4000,
        "separation_as_stated__length__lte": 200,
        "separation_edtf__length__lte": 64,
        "version__lte": 2147483647,
    },
    "individualname": {
        "language_tag__length__lte": 35,
        "search_key__length__lte": 400,
        "text__length__lte": 200,
        "version__lte": 2147483647,
    },
    "mediation": {
        "version__lte": 2147483647,
    },
    "negotiation": {
        "subject__length__lte": 4000,
        "title__length__lte": 200,
        "version__lte": 2147483647,
    },
    "note": {
        "text__length__lte": 4000,
        "version__lte": 2147483647,
    },
    "official": {
        "name__length__lte": 200,
        "remarks__length__lte": 200,
        "version__lte": 2147483647,
    },
    "officialname": {
        "language_tag__length__lte": 35,
        "search_key__length__lte": 400,
        "text__length__lte": 200,
        "version__lte": 2147483647,
    },
    "organisation": {
        "key__length__lte": 50,
        "name__length__lte": 200,
        "version__lte": 2147483647,
    },
    "place": {
        "accuracy_m__lte": 2147483647,
        "iso_3166_1__length__lte": 2,
        "iso_3166_2__length__lte": 6,
        "name__length__lte": 200,
        "national_code__length__lte": 20,
        "national_scheme__length__lte": 20,
        "p_code__length__lte": 20,
        "valid_as_stated__length__lte": 200,
        "valid_edtf__length__lte": 64,
        "version__lte": 2147483647,
    },
    "placename": {
        "language_tag__length__lte": 35,
        "search_key__length__lte": 400,
        "text__length__lte": 200,
        "version__lte": 2147483647,
    },
    "population": {
        "code__length__lte": 60,
        "definition__length__lte": 4000,
        "title__length__lte": 200,
        "version__lte": 2147483647,
    },
    "position": {
        "held_as_stated__length__lte": 200,
        "held_edtf__length__lte": 64,
        "remarks__length__lte": 500,
        "version__lte": 2147483647,
    },
    "qualityflag": {
        "remarks__length__lte": 500,
        "version__lte": 2147483647,
    },
    "repatriationbatch": {
        "arrived_as_stated__length__lte": 200,
        "arrived_edtf__length__lte": 64,
        "code__length__lte": 40,
        "departed_as_stated__length__lte": 200,
        "departed_edtf__length__lte": 64,
        "remarks__length__lte": 4000,
        "title__length__lte": 200,
        "version__lte": 2147483647,
    },
    "reportedcount": {
        "as_of_as_stated__length__lte": 200,
        "as_of_edtf__length__lte": 64,
        "high__lte": 2147483647,
        "label__length__lte": 60,
        "low__lte": 2147483647,
        "measure_remarks__length__lte": 500,
        "retraction_reason__length__lte": 500,
        "stated_text__length__lte": 60,
        "stated_value__lte": 2147483647,
        "version__lte": 2147483647,
    },
    "route": {
        "code__length__lte": 40,
        "title__length__lte": 200,
        "version__lte": 2147483647,
    },
    "routeleg": {
        "number__lte": 32767,
        "version__lte": 2147483647,
    },
    "sourcereport": {
        "archived_sha256__length__lte": 64,
        "code__length__lte": 20,
        "language__length__lte": 35,
        "published_as_stated__length__lte": 200,
        "published_edtf__length__lte": 64,
        "remarks__length__lte": 4000,
        "title__length__lte": 200,
        "url__length__lte": 1000,
        "version__lte": 2147483647,
    },
    "speaker": {
        "version__lte": 2147483647,
    },
    "statement": {
        "code__length__lte": 60,
        "rests_on__length__lte": 200,
        "said_as_stated__length__lte": 200,
        "said_edtf__length__lte": 64,
        "source_term__length__lte": 60,
        "summary__length__lte": 4000,
        "version__lte": 2147483647,
    },
    "statusevent": {
        "from_status__length__lte": 30,
        "observation__length__lte": 4000,
        "occurred_as_stated__length__lte": 200,
        "occurred_edtf__length__lte": 64,
        "to_status__length__lte": 30,
        "version__lte": 2147483647,
    },
    "task": {
        "title__length__lte": 200,
        "version__lte": 2147483647,
    },
    "tenure": {
        "title__length__lte": 200,
        "valid_as_stated__length__lte": 200,
        "valid_edtf__length__lte": 64,
        "version__lte": 2147483647,
    },
    "user": {
        "email__length__lte": 254,
        "name__length__lte": 200,
        "password__length__lte": 128,
        "version__lte": 2147483647,
    },
    "attachment": {
        "sha256__length__lte": 64,
        "size__lte": 2147483647,
        "stored_name__length__lte": 80,
        "title__length__lte": 120,
        "version__lte": 2147483647,
        "withdrawal_reason__length__lte": 500,
    },
}


def fits(model, sizes):
    return cases.models.texts.Fits(
        condition=models.Q(**sizes),
        name=f"{model}_values_fit",
        violation_error_message="A value is larger than its column.",
    )


def triggers_of(editor):
    """Give the triggers of SQLite: it makes a table anew to add a constraint, and loses them."""
    if editor.connection.vendor != "sqlite":
        return {}
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def add(apps, editor):
    triggers = triggers_of(editor)
    for name, sizes in SIZES.items():
        model, constraint = apps.get_model("cases", name), fits(name, sizes)
        model._meta.constraints = [*model._meta.constraints, constraint]
        editor.add_constraint(model, constraint)
    for name in triggers.keys() - triggers_of(editor).keys():
        editor.execute(triggers[name], params=None)


def remove(apps, editor):
    for name, sizes in SIZES.items():
        model, constraint = apps.get_model("cases", name), fits(name, sizes)
        left = [kept for kept in model._meta.constraints if kept.name != constraint.name]
        model._meta.constraints = left
        editor.remove_constraint(model, constraint)


class HoldToSizes(migrations.RunPython):
    """All size constraints in one step: one operation each renders every model anew, for seconds."""

    def state_forwards(self, app_label, state):
        for name, sizes in SIZES.items():
            options = state.models[app_label, name].options
            options["constraints"] = [*options.get("constraints", ()), fits(name, sizes)]
        state.reload_models([(app_label, name) for name in SIZES])


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_sign_in")]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=cases.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(db_index=True, default=cases.clock.now, editable=False, help_text='When our database learned it. Never edited.')),
                ('updated_at', models.DateTimeField(db_index=True, default=cases.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(help_text="What it is; taken from the file's name at first.", max_length=120)),
                ('kind', models.CharField(choices=[('photograph', 'Photograph'), ('identity', 'Proof of identity'), ('official', 'Official document'), ('medical', 'Medical document'), ('letter', 'Letter'), ('other', 'Other')], help_text='What it shows.', max_length=20)),
                ('media_type', models.CharField(choices=[('image/jpeg', 'JPEG'), ('image/png', 'PNG'), ('image/webp', 'WebP'), ('application/pdf', 'PDF'), ('text/plain', 'Plain text')], editable=False, help_text='Told from its content.', max_length=40)),
                ('size', models.PositiveIntegerField(editable=False, help_text='In bytes, as it is kept; a picture is drawn anew.')),
                ('sha256', models.CharField(editable=False, help_text='The fingerprint of what is kept.', max_length=64, verbose_name='SHA-256')),
                ('stored_name', models.CharField(editable=False, help_text='Where it lies; random, never shown.', max_length=80, unique=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, help_text='From then on the content is gone.', null=True)),
                ('withdrawal_reason', models.CharField(blank=True, default='', editable=False, help_text='Why it was withdrawn.', max_length=500)),
                ('individual', models.ForeignKey(help_text='The person it is kept on.', on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='cases.individual')),
                ('organisation', models.ForeignKey(editable=False, help_text='The organisation that keeps this record.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.organisation')),
                ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'constraints': [
                    cases.models.terms.KnownTerm(condition=models.Q(('kind__in', ['photograph', 'identity', 'official', 'medical', 'letter', 'other'])), name='attachment_kind_is_known', violation_error_message='Choose one of the listed terms for kind.'),
                    cases.models.terms.KnownTerm(condition=models.Q(('media_type__in', ['image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'text/plain'])), name='attachment_media_type_is_known', violation_error_message='Choose one of the listed terms for media type.'),
                    models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='attachment_is_not_empty', violation_error_message='A file has at least one byte.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at__isnull', True)), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='attachment_withdrawn_has_a_reason', violation_error_message='Say why the file is withdrawn.'),
                ],
            },
        ),
        HoldToSizes(add, remove),
        migrations.AddConstraint(
            model_name='grant',
            constraint=cases.models.texts.Fits(condition=models.Q(('remarks__length__lte', 4000), ('version__lte', 2147483647)), name='grant_values_fit', violation_error_message='A value is larger than its column.'),
        ),
    ]
