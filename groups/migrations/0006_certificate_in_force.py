"""Nobody follows a group without a police certificate in force, whoever writes the row (domain rule 4)."""

from django.db import migrations

# A reference alone could lead to somebody else's certificate, one for another role, or one that has ended. Asked when
# somebody is put on a group or stays longer; a row of the past is left alone, its certificate may be emptied by then.
RULE = """
create function groups_coordinator_has_certificate() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.user_id = old.user_id and new.certificate_id = old.certificate_id and new.group_id = old.group_id
       and coalesce(new.until, 'infinity') <= coalesce(old.until, 'infinity') then
      return new;
    end if;
  end if;
  if not exists (
    select 1 from accounts_certificate c
    where c.user_id = new.user_id and c.municipality_id = new.municipality_id and c.role = 'coordinator'
      and c.ended_on is null
      and (c.id = new.certificate_id or (tg_op = 'UPDATE' and new.certificate_id = old.certificate_id))
  ) then
    raise exception 'nobody follows a group without a police certificate in force'
      using errcode = 'check_violation', constraint = 'coordinator_has_certificate';
  end if;
  return new;
end $$;
create trigger coordinator_has_certificate before insert or update on groups_groupcoordinator
  for each row execute function groups_coordinator_has_certificate();
"""
UNDO = """
drop trigger coordinator_has_certificate on groups_groupcoordinator;
drop function groups_coordinator_has_certificate();
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0005_handover"), ("accounts", "0003_asking_for_certificates")]
    operations = [migrations.RunSQL(RULE, UNDO)]
