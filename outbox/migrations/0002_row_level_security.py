"""Row-level security, and the two questions that the worker may ask across municipalities."""

from django.db import migrations

from municipalities.tenancy import app_role, row_level_security

# Definer functions run as the owner, who sees every row. They give away ids and a moment, nothing more.
DUE = f"""
create function outbox_due(moment timestamptz, lease_before timestamptz, most integer)
returns table (id bigint, municipality_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, m.municipality_id from outbox_message m
  where m.state in ('queued', 'sending') and m.due_at <= moment
    and (m.state = 'queued' or m.claimed_at <= lease_before)
  order by m.due_at, m.id limit most
$$;
revoke all on function outbox_due(timestamptz, timestamptz, integer) from public;
grant execute on function outbox_due(timestamptz, timestamptz, integer) to "{app_role()}";
create function outbox_oldest_due(moment timestamptz) returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select min(m.due_at) from outbox_message m where m.state in ('queued', 'sending') and m.due_at <= moment
$$;
revoke all on function outbox_oldest_due(timestamptz) from public;
grant execute on function outbox_oldest_due(timestamptz) to "{app_role()}";
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]
    operations = [
        *row_level_security("outbox_message"),
        migrations.RunSQL(
            DUE,
            """
            drop function outbox_oldest_due(timestamptz);
            drop function outbox_due(timestamptz, timestamptz, integer);
            """,
        ),
    ]
