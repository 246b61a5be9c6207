"""What families are found by, kept by the database itself: functions that fold names, a table, and triggers."""

import django.db.models.deletion
from django.db import migrations, models

from families.rules.letters import (
    APOSTROPHES,
    ARTICLE,
    BETWEEN,
    DOUBLE,
    ENDINGS,
    FEW_VOWELS,
    LATIN,
    OTHERS,
    SOFT,
    SOUNDS,
    SPELLINGS,
    VOWELLED,
)
from municipalities.tenancy import row_level_security


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def replaced(pattern: str, made: str) -> str:
    return f"t := regexp_replace(t, {quoted(pattern)}, {quoted(made)}, 'g');"


def translated(letters: str, sounds: str) -> str:
    return f"t := translate(t, {quoted(letters)}, {quoted(sounds)});"


# The same steps as families.rules.names.sound_of.
NAME_SOUND = "\n".join(
    [
        "create function name_sound(word text) returns text language plpgsql immutable strict parallel safe as $$",
        "declare t text := regexp_replace(word, '^و', 'v'); begin",
        r"if t ~ '[\u1200-\u137f]' then",
        *(replaced(f"([{letters}])", rf"\1{vowel}") for vowel, letters in VOWELLED.items()),
        "end if;",
        translated(*LATIN),
        *(replaced(*spelling) for spelling in SPELLINGS),
        "if t ~ '[^a-z0-9]' then",
        *(f"t := replace(t, {quoted(letter)}, {quoted(made)});" for letter, made in DOUBLE.items()),
        translated(*OTHERS),
        "end if;",
        translated(*SOUNDS),
        *(replaced(*ending) for ending in ENDINGS),
        "return t; end $$",
    ]
)
NAME_BONES = f"""
create function name_bones(sound text) returns text language sql immutable strict parallel safe as $$
  select coalesce(nullif(regexp_replace(sound, '{SOFT}', 'g'), ''), sound)
$$
""".replace(f"'{SOFT}', 'g'", f"'{SOFT}', '', 'g'")
NAME_WORDS = f"""
create function name_words(name text) returns table (nr bigint, sound text, bones text, bare boolean)
language sql immutable strict parallel safe as $$
  select row_number() over (order by place), sound, name_bones(sound), bare
  from (
    select place, name_sound(raw) as sound, raw ~ {quoted(FEW_VOWELS)} as bare
    from regexp_split_to_table(
      regexp_replace(translate(name, {quoted(APOSTROPHES)}, ''), {", ".join(map(quoted, ARTICLE))}, 'g'),
      {quoted(BETWEEN)}
    ) with ordinality as split (raw, place)
  ) words
  where sound <> ''
$$
"""
REFRESH = """
create function families_refresh_traces(ids bigint[]) returns void language plpgsql as $$
begin
  delete from families_trace where family_id = any (ids);
  insert into families_trace (municipality_id, family_id, kind, key, place)
  with family as (
    select * from families_family where id = any (ids) and merged_into_id is null
  ), person as (
    select p.* from families_person p join family on family.id = p.family_id where p.left_on is null
  ), named as (
    select municipality_id, id as family_id, null::bigint as person_id, 0 as place, name from family
    union all
    select municipality_id, family_id, id, case kind when 'adult' then 1 else 2 end, name from person
  ), word as (
    select named.municipality_id, named.family_id, named.person_id, named.place, words.*
    from named, name_words(named.name) words
  ), surname as (
    select family_id, string_agg(distinct bones collate "C", ' ') as bones from word where place = 0 group by family_id
  ), child as (
    select p.municipality_id, p.family_id, p.id, w.bones, p.birth_year + around.years as year, p.birth_year
    from person p
    join word w on w.person_id = p.id and w.nr = 1 and w.place = 2
    join lateral unnest(case when p.birth_year_about then array[-1, 0, 1] else array[0] end) around (years) on true
    where p.birth_year is not null
  )
  select distinct municipality_id, family_id, kind, key, place from (
    select municipality_id, family_id, 'word' as kind, sound as key, place from word
    union all
    select municipality_id, family_id, 'bones', case when bare then 'x' else 'l' end || bones, place from word
    union all
    select municipality_id, family_id, 'phone', phone, 1 from person where phone <> ''
    union all
    select municipality_id, family_id, 'email', lower(email), 1 from person where email <> ''
    union all
    select a.municipality_id, a.family_id, 'name', a.bones || ' ' || b.bones, 1
    from word a join word b on b.person_id = a.person_id and a.bones collate "C" < b.bones
    where a.place = 1 and a.nr <= 5 and b.nr <= 5
    union all
    select c.municipality_id, c.family_id, 'child', s.bones || ' ' || c.bones || ' ' || c.year, 2
    from child c join surname s on s.family_id = c.family_id
    union all
    select a.municipality_id, a.family_id, 'children',
      least(a.bones collate "C", b.bones) || ' ' || greatest(a.bones collate "C", b.bones) || ' ' || a.year, 2
    from child a join child b on b.family_id = a.family_id and b.id <> a.id and b.year = b.birth_year
    where a.birth_year <= b.birth_year
    union all
    select f.municipality_id, f.id, 'home', h.street || ' ' || f.postcode, 0
    from family f, lateral (select string_agg(sound, '' order by nr) as street from name_words(f.address)) h
    where f.address ~ '[0-9]' and h.street is not null
  ) found;
end $$
"""


def kept_by(table: str, event: str, family: str) -> list[str]:
    """The trigger of one event of a table; a transition table belongs to one event only."""
    rows = {"insert": ["new_rows"], "update": ["old_rows", "new_rows"], "delete": ["old_rows"]}[event]
    referencing = " ".join(f"{name[:3]} table as {name}" for name in rows)
    ids = " union ".join(f"select {family} from {name}" for name in rows)
    name = f"{table}_traces_{event}"
    return [
        # A hundred at a time: one statement over thousands of families would be planned as one over few.
        f"create function {name}() returns trigger language plpgsql as $$ declare ids bigint[] := array({ids}); begin"
        " for place in 1 .. cardinality(ids) by 100 loop"
        " perform families_refresh_traces(ids[place : place + 99]);"
        " end loop; return null; end $$",
        f"create trigger {name} after {event} on {table} referencing {referencing}"
        f" for each statement execute function {name}()",
    ]


TRIGGERS = [
    (table, event, family)
    for table, family in (("families_family", "id"), ("families_person", "family_id"))
    for event in ("insert", "update", "delete")
]


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0007_joining_row_level_security"),
        ("municipalities", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(NAME_SOUND, "drop function name_sound(text)"),
        migrations.RunSQL(NAME_BONES, "drop function name_bones(text)"),
        migrations.RunSQL(NAME_WORDS, "drop function name_words(text)"),
        migrations.CreateModel(
            name="Trace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("word", "Word"),
                            ("bones", "Bones"),
                            ("phone", "Phone"),
                            ("email", "Email"),
                            ("name", "Name"),
                            ("child", "Child"),
                            ("children", "Children"),
                            ("home", "Home"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.TextField(db_collation="C")),
                ("place", models.PositiveSmallIntegerField(default=0)),
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="traces",
                        to="families.family",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["municipality", "kind", "key"], name="trace_by_key")],
            },
        ),
        *row_level_security("families_trace"),
        migrations.RunSQL(REFRESH, "drop function families_refresh_traces(bigint[])"),
        *(
            migrations.RunSQL(
                kept_by(table, event, family),
                [f"drop trigger {table}_traces_{event} on {table}", f"drop function {table}_traces_{event}()"],
            )
            for table, event, family in TRIGGERS
        ),
    ]
