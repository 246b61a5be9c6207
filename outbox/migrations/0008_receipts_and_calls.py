from django.conf import settings
from django.db import migrations, models

from municipalities.tenancy import app_role

# Definer functions run as the owner, who sees every row. They give away ids, nothing more. Two rows of one provider's id
# are both given: who asks must not guess.
QUESTIONS = f"""
create function outbox_by_provider_id(wanted text) returns table (municipality_id bigint, id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.municipality_id, m.id from outbox_message m
  where m.provider_id = wanted and m.provider_id <> '' limit 2
$$;
revoke all on function outbox_by_provider_id(text) from public;
grant execute on function outbox_by_provider_id(text) to "{app_role()}";
create function outbox_calls_over(moment timestamptz, most integer) returns table (id bigint, municipality_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, m.municipality_id from outbox_message m
  where m.channel = 'call' and m.state = 'queued' and m.useful_until <= moment
  order by m.useful_until limit most
$$;
revoke all on function outbox_calls_over(timestamptz, integer) from public;
grant execute on function outbox_calls_over(timestamptz, integer) to "{app_role()}";
"""
BACK = "drop function outbox_calls_over(timestamptz, integer); drop function outbox_by_provider_id(text);"


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0005_quiet_days"),
        ("outbox", "0007_stopped_by_hand_and_found_by_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("channel", "call"), ("state", "queued")),
                fields=["useful_until"],
                name="message_calls_to_make",
            ),
        ),
        migrations.RunSQL(QUESTIONS, BACK),
    ]
