"""For which languages a household needs an interpreter: one rule, for the gathering's page and for the start page."""

# Of the family `f` and the gathering `gg.gathering_id`. What is noted of its people counts. A household that asks for
# an interpreter where none is noted is taken at its word: in the language it is written to, else the first one it
# speaks at home that is not Norwegian; where nobody knows, «another language» reminds the coordinator to ask.
NOTED = """
    select p.interpreter_language from families_person p
    where p.family_id = f.id and p.left_on is null and p.interpreter_language <> ''
"""
ASKED = """
    select coalesce(
        (select s.language from families_person s
            where s.family_id = f.id and s.kind = 'adult' and s.left_on is null and s.language not in ('nb', 'nn')
            order by s.receives desc, s.position, s.id limit 1),
        (select home.language from unnest(f.languages) with ordinality home(language, n)
            where home.language not in ('nb', 'nn') order by home.n limit 1),
        'other')
    from sessions_log_reply asked
    where asked.gathering_id = gg.gathering_id and asked.family_id = f.id and asked.is_current and asked.coming
        and asked.needs_interpreter and not exists (select from families_person noted
            where noted.family_id = f.id and noted.left_on is null and noted.interpreter_language <> '')
"""
LANGUAGES_NEEDED = f"{NOTED} union {ASKED}"
