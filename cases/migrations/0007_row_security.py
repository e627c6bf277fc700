from django.db import migrations, models


class Migration(migrations.Migration):
    """Row security itself is made by `manage.py migrate`, from the declarations as they stand."""

    dependencies = [("cases", "0006_attachments")]
    operations = [
        migrations.AddIndex(
            model_name='individual',
            index=models.Index(condition=models.Q(('sensitivity', 'standard'), _negated=True), fields=['id'], name='individual_is_restricted'),
        ),
    ]
