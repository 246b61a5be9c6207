"""The goals' walls, and what the database holds of them: a group that has not met has said nothing."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security

RULE = """
create function sessions_log_group_has_met() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from sessions_log_gatheringgroup gg join sessions_log_gathering g on g.id = gg.gathering_id
    where gg.group_id = new.group_id and g.kind = 'kick_off' and g.cancelled_at is null and g.starts_at <= new.noted_at
  ) then
    raise exception 'a group says what it wants when it has met'
      using errcode = 'check_violation', constraint = 'a_group_with_a_goal_has_met';
  end if;
  return new;
end $$;
create trigger a_group_with_a_goal_has_met before insert or update on sessions_log_groupgoal
  for each row execute function sessions_log_group_has_met();
"""
UNDO = """
drop trigger a_group_with_a_goal_has_met on sessions_log_groupgoal;
drop function sessions_log_group_has_met();
"""


class Migration(migrations.Migration):
    dependencies = [("sessions_log", "0010_group_goal")]
    operations = [
        *row_level_security("sessions_log_groupgoal"),
        *row_level_security("sessions_log_groupgoalevent"),
        *append_only("sessions_log_groupgoalevent"),
        migrations.RunSQL(RULE, UNDO),
    ]
