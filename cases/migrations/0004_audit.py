import cases.clock
from django.db import migrations, models

SENTENCE = "The audit trail is only ever added to."
ONLY_GROWS = "The head of a chain only ever moves on."

SQLITE = (
    *(
        f"""CREATE TRIGGER {table}_refuses_{event} BEFORE {event} ON {table}
            BEGIN SELECT RAISE(ABORT, '{sentence}'); END"""
        for table, event, sentence in (
            ("cases_auditentry", "update", SENTENCE),
            ("cases_auditentry", "delete", SENTENCE),
            ("cases_audithead", "delete", ONLY_GROWS),
        )
    ),
    f"""CREATE TRIGGER cases_audithead_refuses_going_back BEFORE UPDATE ON cases_audithead
        WHEN NEW.number <= OLD.number OR NEW.id IS NOT OLD.id
            OR NEW.organisation_id IS NOT OLD.organisation_id
        BEGIN SELECT RAISE(ABORT, '{ONLY_GROWS}'); END""",
)

POSTGRES = (
    f"""CREATE FUNCTION cases_audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    f"""CREATE FUNCTION cases_audit_head_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND NEW.number > OLD.number AND NEW.id = OLD.id
                AND NEW.organisation_id IS NOT DISTINCT FROM OLD.organisation_id
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION '{ONLY_GROWS}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
    """,
    """CREATE TRIGGER cases_auditentry_refuses_changes BEFORE UPDATE OR DELETE ON cases_auditentry
        FOR EACH ROW EXECUTE FUNCTION cases_audit_is_only_added_to()""",
    """CREATE TRIGGER cases_auditentry_refuses_truncate BEFORE TRUNCATE ON cases_auditentry
        FOR EACH STATEMENT EXECUTE FUNCTION cases_audit_is_only_added_to()""",
    """CREATE TRIGGER cases_audithead_refuses_going_back BEFORE UPDATE OR DELETE ON cases_audithead
        FOR EACH ROW EXECUTE FUNCTION cases_audit_head_only_grows()""",
    """CREATE TRIGGER cases_audithead_refuses_truncate BEFORE TRUNCATE ON cases_audithead
        FOR EACH STATEMENT EXECUTE FUNCTION cases_audit_is_only_added_to()""",
)

SQLITE_BACK = tuple(
    f"DROP TRIGGER {name}"
    for name in (
        "cases_auditentry_refuses_update",
        "cases_auditentry_refuses_delete",
        "cases_audithead_refuses_delete",
        "cases_audithead_refuses_going_back",
    )
)
POSTGRES_BACK = (
    "DROP FUNCTION cases_audit_is_only_added_to() CASCADE",
    "DROP FUNCTION cases_audit_head_only_grows() CASCADE",
)


def refuse_changes(_apps, schema_editor):
    """Let the database itself refuse; on SQLite, altering the table later drops its triggers."""
    _run(schema_editor, SQLITE, POSTGRES)


def allow_changes(_apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRES_BACK)


def _run(schema_editor, sqlite, postgres):
    for statement in {"sqlite": sqlite, "postgresql": postgres}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_idempotency")]
    operations = [
        migrations.AddField(
            model_name='auditentry',
            name='commitment',
            field=models.CharField(blank=True, default='', help_text='Binds the entry and the values of its row under a key kept off the database.', max_length=64),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='door',
            field=models.CharField(blank=True, choices=[('api', 'API'), ('admin', 'Admin'), ('dashboard', 'Dashboard'), ('command', 'Command'), ('site', 'Site')], default='', help_text='Where it came in.', max_length=10),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='request_id',
            field=models.UUIDField(blank=True, db_index=True, help_text='One request or one run of a command: the X-Request-Id of its answer.', null=True),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='act',
            field=models.CharField(help_text='What was done, or what one may not do.', max_length=60),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='actor',
            field=models.CharField(help_text='The role, or what the system was doing.', max_length=200),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='actor_id',
            field=models.UUIDField(db_index=True, help_text='The user; none for the system and for nobody.', null=True),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='at',
            field=models.DateTimeField(default=cases.clock.now, help_text='When it was attempted.', verbose_name='time'),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='model',
            field=models.CharField(help_text='What kind of row it was about.', max_length=40),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='number',
            field=models.PositiveBigIntegerField(help_text='The place in the chain, from 1.'),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='organisation_id',
            field=models.UUIDField(db_index=True, help_text='The organisation whose chain this is; none for what belongs to no organisation.', null=True),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='outcome',
            field=models.CharField(choices=[('done', 'Done'), ('refused', 'Refused')], default='done', help_text='How it ended.', max_length=10),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='reason',
            field=models.CharField(blank=True, default='', help_text='Why, as given; why it was refused.', max_length=500),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='target_id',
            field=models.UUIDField(db_index=True, help_text='The row; of a refused attempt, the id that was asked for, of a row or of none.', null=True),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['organisation_id', 'at'], name='audit_by_time'),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
