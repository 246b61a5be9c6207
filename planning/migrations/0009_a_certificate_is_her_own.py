"""A volunteer's record points to her own certificate: shown for helping, nobody else's (domain rule 4)."""

from django.db import migrations, models

from municipalities.sorting import NbKey

# A group and a gathering believe this reference, so it must not lead to a coordinator's certificate, or to that of
# another account. Asked when it is set; what was shown before somebody got an account has no user, and holds.
RULE = """
create function planning_volunteer_certificate_is_own() returns trigger language plpgsql as $$
begin
  if new.certificate_id is not null and not exists (
    select 1 from accounts_certificate c
    where c.id = new.certificate_id and c.municipality_id = new.municipality_id and c.role = 'volunteer'
      and (c.user_id is null or c.user_id = new.user_id)
  ) then
    raise exception 'a volunteer has shown a police certificate of her own'
      using errcode = 'check_violation', constraint = 'volunteer_certificate_is_own';
  end if;
  return new;
end $$;
create trigger volunteer_certificate_is_own before insert or update of certificate_id on planning_volunteer
  for each row execute function planning_volunteer_certificate_is_own();
"""
UNDO = """
drop trigger volunteer_certificate_is_own on planning_volunteer;
drop function planning_volunteer_certificate_is_own();
"""


class Migration(migrations.Migration):
    dependencies = [("planning", "0008_resources_row_level_security"), ("accounts", "0004_drafts")]
    operations = [
        migrations.AddConstraint(
            model_name="volunteer",
            constraint=models.UniqueConstraint(fields=["certificate"], name="a_certificate_is_one_volunteers"),
        ),
        migrations.RunSQL(RULE, UNDO),
        migrations.AlterModelOptions(
            name="roundpartner",
            options={
                "ordering": [
                    models.Case(models.When(partner__kind="municipal", then=0), default=1),
                    "partner__kind",
                    NbKey("partner__name"),
                    "pk",
                ]
            },
        ),
    ]
