"""No volunteer helps a group without a police certificate of her own in force, whoever writes the row (domain rule 4)."""

from django.db import migrations

# The row's reference alone could lead to another volunteer's certificate, or one that has ended. Asked when somebody is
# put on a group or stays longer; a row of the past is left alone, its certificate may be emptied by then.
RULE = """
create function groups_volunteer_has_certificate() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.volunteer_id = old.volunteer_id and new.certificate_id = old.certificate_id and new.group_id = old.group_id
       and coalesce(new.until, 'infinity') <= coalesce(old.until, 'infinity') then
      return new;
    end if;
  end if;
  if not exists (
    select 1 from accounts_certificate c
    join planning_volunteer v on v.certificate_id = c.id
    where c.id = new.certificate_id and v.id = new.volunteer_id and c.municipality_id = new.municipality_id
      and c.role = 'volunteer' and c.ended_on is null
  ) then
    raise exception 'nobody helps a group without a police certificate in force'
      using errcode = 'check_violation', constraint = 'volunteer_has_certificate';
  end if;
  return new;
end $$;
create trigger volunteer_has_certificate before insert or update on groups_groupvolunteer
  for each row execute function groups_volunteer_has_certificate();
"""
UNDO = """
drop trigger volunteer_has_certificate on groups_groupvolunteer;
drop function groups_volunteer_has_certificate();
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0009_row_level_security"), ("planning", "0009_a_certificate_is_her_own")]
    operations = [migrations.RunSQL(RULE, UNDO)]
