"""What Django's own foreign keys do not say: a membership is of one family, and rests on that family's standing wish."""

from django.db import migrations

# Small tables; the checks of rows that are there run without blocking readers or writers (not valid, then validate).
KEYS = """
    alter table families_participation add constraint participation_of_family unique (id, family_id);
    alter table families_ownwish add constraint wish_of_participation unique (id, participation_id);
    alter table groups_membership add constraint membership_is_of_its_participations_family
        foreign key (participation_id, family_id) references families_participation (id, family_id)
        deferrable initially deferred not valid;
    alter table groups_membership add constraint membership_rests_on_its_own_wish
        foreign key (wish_id, participation_id) references families_ownwish (id, participation_id)
        deferrable initially deferred not valid;
    alter table groups_membership validate constraint membership_is_of_its_participations_family;
    alter table groups_membership validate constraint membership_rests_on_its_own_wish;
"""
NO_KEYS = """
    alter table groups_membership drop constraint membership_rests_on_its_own_wish;
    alter table groups_membership drop constraint membership_is_of_its_participations_family;
    alter table families_ownwish drop constraint wish_of_participation;
    alter table families_participation drop constraint participation_of_family;
"""
# Only on the way in: taking a wish back ends memberships in the same transaction, in either order.
STANDING = """
    create function groups_wish_stands() returns trigger language plpgsql as $$
    begin
        if new."to" is null and exists (
            select 1 from families_ownwish w where w.id = new.wish_id and w.withdrawn_at is not null
        ) then
            raise exception 'a membership rests on a standing wish' using errcode = 'check_violation';
        end if;
        return new;
    end $$;
    create trigger membership_rests_on_a_standing_wish before insert or update of wish_id, "to" on groups_membership
        for each row execute function groups_wish_stands();
"""
NOT_STANDING = """
    drop trigger membership_rests_on_a_standing_wish on groups_membership;
    drop function groups_wish_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_row_level_security"), ("families", "0005_row_level_security")]
    operations = [migrations.RunSQL(KEYS, NO_KEYS), migrations.RunSQL(STANDING, NOT_STANDING)]
