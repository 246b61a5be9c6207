"""The interviews' walls, and what the database holds of them: a family looks back on a group it was in."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security

# Not asked when two families are merged: participations go over one by one.
RULE = """
create function sessions_log_family_was_in_the_group() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from groups_membership m where m.participation_id = new.participation_id and m.group_id = new.group_id
  ) then
    raise exception 'a family looks back on a group it was in'
      using errcode = 'check_violation', constraint = 'interviewed_about_its_own_group';
  end if;
  return new;
end $$;
create trigger interviewed_about_its_own_group before insert or update of group_id on sessions_log_exitinterview
  for each row execute function sessions_log_family_was_in_the_group();
"""
UNDO = """
drop trigger interviewed_about_its_own_group on sessions_log_exitinterview;
drop function sessions_log_family_was_in_the_group();
"""


class Migration(migrations.Migration):
    dependencies = [("sessions_log", "0012_exit_interview")]
    operations = [
        *row_level_security("sessions_log_exitinterview"),
        *row_level_security("sessions_log_exitinterviewevent"),
        *append_only("sessions_log_exitinterviewevent"),
        migrations.RunSQL(RULE, UNDO),
    ]
