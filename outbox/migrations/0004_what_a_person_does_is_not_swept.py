"""Text messages move to their own column, and the worker leaves calls alone.

Both run on the rows as they are: a table of messages is written once, in the order of its key.
"""

from django.db import migrations

OLD = """
create or replace function outbox_due(moment timestamptz, lease_before timestamptz, most integer)
returns table (id bigint, municipality_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, m.municipality_id from outbox_message m
  where m.state in ('queued', 'sending') and m.due_at <= moment
    and (m.state = 'queued' or m.claimed_at <= lease_before)
  order by m.due_at, m.id limit most
$$;
create or replace function outbox_oldest_due(moment timestamptz) returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select min(m.due_at) from outbox_message m where m.state in ('queued', 'sending') and m.due_at <= moment
$$;
"""
NEW = OLD.replace("'sending') and", "'sending') and m.channel <> 'call' and")
TEXTS = "update outbox_message set sms = body, body = '' where channel = 'sms' and sms = ''"
BACK = "update outbox_message set body = sms where channel = 'sms' and body = ''"


class Migration(migrations.Migration):
    dependencies = [("outbox", "0003_channels_are_attempts")]
    operations = [
        migrations.RunSQL(TEXTS, BACK),
        migrations.RunSQL(NEW, OLD),
    ]
