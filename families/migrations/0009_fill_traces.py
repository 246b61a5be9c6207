"""Traces of the families there are, a hundred at a time: no lock lasts longer than that."""

from django.db import migrations

BATCH = 100


def fill(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(min(id), 0), coalesce(max(id), -1) from families_family")
        first, last = cursor.fetchone()
        for start in range(first, last + 1, BATCH):
            cursor.execute(
                "select families_refresh_traces(array("
                " select id from families_family where id >= %s and id < %s order by id))",
                [start, start + BATCH],
            )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("families", "0008_traces")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
