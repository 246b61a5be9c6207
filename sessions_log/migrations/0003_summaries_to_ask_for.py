"""The question that the worker may ask across municipalities: which gatherings wait for a summary."""

from django.db import migrations

from municipalities.tenancy import app_role

# A definer function runs as the owner, who sees every row. It gives away ids, nothing more. Only the last 30 days: an
# old gathering that was never written about is the leader's to see, not a letter's.
QUESTION = f"""
create function sessions_log_summaries_to_ask_for(ended_before timestamptz)
returns table (id bigint, municipality_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.id, g.municipality_id from sessions_log_gathering g
  where g.ends_at <= ended_before and g.ends_at > ended_before - interval '30 days'
    and g.cancelled_at is null and g.asked_for_summary_at is null
    and not exists (select 1 from sessions_log_summary s where s.gathering_id = g.id)
  order by g.ends_at limit 500
$$;
revoke all on function sessions_log_summaries_to_ask_for(timestamptz) from public;
grant execute on function sessions_log_summaries_to_ask_for(timestamptz) to "{app_role()}";
"""


class Migration(migrations.Migration):
    dependencies = [("sessions_log", "0002_row_level_security")]
    operations = [
        migrations.RunSQL(QUESTION, "drop function sessions_log_summaries_to_ask_for(timestamptz)"),
    ]
