import cases.clock
import cases.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_audit'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInCount',
            fields=[
                ('key', models.CharField(help_text='A keyed hash of what is counted: people type passwords into the wrong box.', max_length=64, primary_key=True, serialize=False)),
                ('attempts', models.PositiveIntegerField(default=0, help_text='Attempts without success since the last success or rest.')),
                ('last_at', models.DateTimeField(db_index=True, default=cases.clock.now)),
                ('blocked_until', models.DateTimeField(default=cases.clock.now)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(editable=False, help_text='From the hash of the cookie: whoever reads this table can impersonate nobody.', primary_key=True, serialize=False)),
                ('data', models.TextField()),
                ('browser', models.CharField(blank=True, default='', max_length=60)),
                ('started_at', models.DateTimeField(default=cases.clock.now)),
                ('seen_at', models.DateTimeField(default=cases.clock.now, help_text='To the minute.')),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Factor',
            fields=[
                ('id', models.UUIDField(default=cases.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('secret', models.CharField(help_text="Encrypted under the installation's key.", max_length=300)),
                ('last_step', models.BigIntegerField(help_text='The last half-minute whose code was accepted: no code is good twice.')),
                ('added_at', models.DateTimeField(default=cases.clock.now)),
                ('reset_asked_at', models.DateTimeField(blank=True, null=True)),
                ('reset_asked_by', models.ForeignKey(blank=True, help_text='The administrator who asked for its removal; another one has to agree.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reset_asked_at__isnull', True), ('reset_asked_by__isnull', True)), models.Q(('reset_asked_at__isnull', False), ('reset_asked_by__isnull', False)), _connector='OR'), name='factor_reset_has_who_and_when', violation_error_message='Say who asked for the reset, and when.')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.UUIDField(default=cases.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(help_text='The hash of the code; never the code.', max_length=64)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('user', 'digest'), name='recovery_code_is_unique_for_its_user', violation_error_message='This user has such a recovery code already.')],
            },
        ),
    ]
