"""Empty: the tables of 0001 are made in one step each, as that halves the time of all migrations together.

Kept because later migrations name it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [("groups", "0001_initial")]

    operations = []
