"""Domain rule 9 in the database, the closings' walls, and what stays as it is once a round is closed."""

from django.db import migrations

from municipalities.tenancy import app_role, append_only, row_level_security

RULE_9 = """
create function sessions_log_round_can_be_closed() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from groups_membership m join groups_group g on g.id = m.group_id
    where g.round_id = new.round_id
      and not exists (select 1 from sessions_log_exitinterview e where e.participation_id = m.participation_id)
  ) then
    raise exception 'a family has had no exit interview, and it is not said why'
      using errcode = 'check_violation', constraint = 'each_family_was_talked_with';
  end if;
  if not exists (
    select 1 from planning_evaluation e where e.round_id = new.round_id
      and e.worked <> '' and e.did_not <> '' and e.differently <> '' and e.ready <> ''
  ) then
    raise exception 'the evaluation is not written'
      using errcode = 'check_violation', constraint = 'the_round_was_evaluated';
  end if;
  return new;
end $$;
create trigger domain_rule_9 before insert on sessions_log_roundclosing
  for each row execute function sessions_log_round_can_be_closed();
"""
UNDO_RULE_9 = """
drop trigger domain_rule_9 on sessions_log_roundclosing;
drop function sessions_log_round_can_be_closed();
"""

# Only the application is bound: anonymising, which the owner's functions do, comes after the end. That a next step was
# taken, and that two families were one, is noted afterwards too.
STAYS = f"""
create function sessions_log_groups_round_is_open() returns trigger language plpgsql as $$
begin
  if current_user = '{app_role()}' and exists (
    select 1 from groups_group g join planning_round r on r.id = g.round_id
    where g.id = new.group_id and r.closed_at is not null
  ) then
    raise exception 'a closed round stays as it is'
      using errcode = 'check_violation', constraint = 'a_closed_round_stays_as_it_is';
  end if;
  return new;
end $$;
create trigger a_closed_round_stays_as_it_is before insert or update on sessions_log_groupgoal
  for each row execute function sessions_log_groups_round_is_open();
create trigger a_closed_round_stays_as_it_is before insert on sessions_log_exitinterview
  for each row execute function sessions_log_groups_round_is_open();
create trigger a_closed_round_stays_as_it_was_told before update of group_id, held_on, absence, absence_words, gave,
    ready_for, partner_id, next_step, owner_id, due_on, more on sessions_log_exitinterview
  for each row execute function sessions_log_groups_round_is_open();
"""
UNDO_STAYS = """
drop trigger a_closed_round_stays_as_it_was_told on sessions_log_exitinterview;
drop trigger a_closed_round_stays_as_it_is on sessions_log_exitinterview;
drop trigger a_closed_round_stays_as_it_is on sessions_log_groupgoal;
drop function sessions_log_groups_round_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_log", "0014_closing"),
        ("planning", "0012_a_closed_round_is_not_evaluated"),
    ]
    operations = [
        *row_level_security("sessions_log_roundclosing"),
        *row_level_security("sessions_log_roundclosingevent"),
        *append_only("sessions_log_roundclosingevent"),
        migrations.RunSQL(RULE_9, UNDO_RULE_9),
        migrations.RunSQL(STAYS, UNDO_STAYS),
    ]
