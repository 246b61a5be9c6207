"""The evaluation of a closed round stays as it is, whoever writes the row."""

from django.db import migrations

from municipalities.tenancy import app_role

# Only the application is bound: anonymising, which the owner's functions do, comes after the end.
RULE = f"""
create function planning_round_is_open() returns trigger language plpgsql as $$
begin
  if current_user = '{app_role()}'
     and exists (select 1 from planning_round r where r.id = new.round_id and r.closed_at is not null) then
    raise exception 'a closed round stays as it is'
      using errcode = 'check_violation', constraint = 'a_closed_round_stays_as_it_is';
  end if;
  return new;
end $$;
create trigger a_closed_round_stays_as_it_is before insert or update on planning_evaluation
  for each row execute function planning_round_is_open();
"""
UNDO = """
drop trigger a_closed_round_stays_as_it_is on planning_evaluation;
drop function planning_round_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [("planning", "0011_evaluation_row_level_security")]
    operations = [migrations.RunSQL(RULE, UNDO)]
