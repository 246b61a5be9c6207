"""Nobody helps at a gathering without a police certificate in force, whoever writes the row (domain rule 4)."""

from django.db import migrations

# For somebody with an account: hers, in force. For a volunteer: the one that her own record points to. Asked when
# somebody is put on a gathering, not when it is logged who was there.
RULE = """
create function sessions_log_helper_has_certificate() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.user_id is not distinct from old.user_id and new.volunteer_id is not distinct from old.volunteer_id
       and new.certificate_id = old.certificate_id and new.gathering_id = old.gathering_id then
      return new;
    end if;
  end if;
  if not exists (
    select 1 from accounts_certificate c
    where c.municipality_id = new.municipality_id and c.ended_on is null and (
      c.user_id = new.user_id
      or (c.id = new.certificate_id
          and exists (select 1 from planning_volunteer v where v.id = new.volunteer_id and v.certificate_id = c.id))
    )
  ) then
    raise exception 'nobody helps at a gathering without a police certificate in force'
      using errcode = 'check_violation', constraint = 'helper_has_certificate';
  end if;
  return new;
end $$;
create trigger helper_has_certificate before insert or update on sessions_log_gatheringhelper
  for each row execute function sessions_log_helper_has_certificate();
"""
UNDO = """
drop trigger helper_has_certificate on sessions_log_gatheringhelper;
drop function sessions_log_helper_has_certificate();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_log", "0004_drafts_are_kept_with_accounts"),
        ("accounts", "0003_asking_for_certificates"),
        ("planning", "0001_initial"),
    ]
    operations = [migrations.RunSQL(RULE, UNDO)]
