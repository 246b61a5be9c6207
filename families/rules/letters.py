"""How letters of Latin, Cyrillic, Arabic and Ge'ez script are folded: one table for Python and for PostgreSQL.

The database folds with the same table (migration 0010 is made from this module). A change here needs a new migration
that makes the functions anew and refreshes the traces; a test holds the two together.
"""

import unicodedata

# Written within words, heard nowhere.
APOSTROPHES = "'`´’‘ʼʻʹ"
# Everything that parts words: ASCII and Latin-1 signs, general punctuation, Arabic and Ethiopic signs. The same regular
# expression for both; digits and letters stay.
BETWEEN = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u060c\u061b\u061f\u0640"
    r"\u1361-\u1368\u3000-\u3003]+"
)
# «Al-Masri» is one word, as in Arabic: what stands before is kept, and the hyphen goes.
ARTICLE = ("(^|[ -])([AaEe]l)-", r"\1\2")
# Scripts that leave vowels out, or have a letter for none.
FEW_VOWELS = r"[\u0590-\u08ff\u1200-\u137f\ufb50-\ufdff\ufe70-\ufeff]"


def pairs(written: str) -> dict[str, str]:
    """«ab cd» as {a: b, c: d}."""
    return {each[0]: each[1] for each in written.split()}


# Letter and sound in pairs; "-" for a letter without a sound of its own.
NORWEGIAN = pairs("æa øo åa œo ßs þt ðd đd łl ıi əa")
CYRILLIC = pairs(
    "аa бb вv гg ґg дd еe ёe жs зs иi іi їi йi кk лl мm нn оo пp рr сs тt уu ўu фf хk цs чk шs ъ- ыi ь- эe"
)
ARABIC = pairs(
    "اa بb تt ثt جj حh خk دd ذd رr زs سs شs صs ضd طt ظs ع- غg فf قk كk لl مm نn هh وu يi ىa ةa ء- آa أa إi ؤu ئi"
    " پp چk ژs گg کk یi ټt ډd ړr ږs ښs ڼn ۍi ېe ګg څs ځs ەe ۆu ێe ڕr ڵl ڤv ھh ہh ےi"
)
# A row of eight in the Ethiopic block: its consonant. The place in the row is the vowel.
ETHIOPIC_ROWS = "hlhmsrsskkkkbvtkhhnn-kkkkv-ssiddigggtkpssfp"
ETHIOPIC_VOWELS = ("a", "u", "i", "a", "a", "", "u", "a")
ETHIOPIC = [chr(0x1200 + place) for place in range(8 * len(ETHIOPIC_ROWS))]
VOWELLED = {
    vowel: "".join(letter for place, letter in enumerate(ETHIOPIC) if ETHIOPIC_VOWELS[place % 8] == vowel)
    for vowel in "aui"
}
# One letter that is heard as two.
DOUBLE = {"щ": "sk", "ю": "iu", "я": "ia", "є": "ie", "Щ": "sk", "Ю": "iu", "Я": "ia", "Є": "ie"}


def latin() -> dict[str, str]:
    """Latin letters with accents, large and small: the bare small letter. Marks that stand by themselves go."""
    table = {letter: letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        bare = unicodedata.normalize("NFKD", letter)[0].lower()
        if bare.isascii() and bare.isalpha() and letter not in NORWEGIAN:
            table[letter] = bare
    return table


def table_of(table: dict[str, str]) -> tuple[str, str]:
    """What `translate()` takes: letters, and what each becomes; those at the end of the first become nothing."""
    heard = {letter: made for letter, made in table.items() if made != "-"}
    return "".join([*heard, *(letter for letter in table if letter not in heard)]), "".join(heard.values())


def with_large(table: dict[str, str]) -> dict[str, str]:
    return table | {large: made for letter, made in table.items() if (large := letter.upper()) not in {letter, "SS"}}


MARKS = dict.fromkeys(map(chr, (*range(0x300, 0x370), *range(0x64B, 0x660), 0x670, 0x200C, 0x200D)), "-")
LATIN = table_of(latin() | with_large(NORWEGIAN) | MARKS)
# Letters of other scripts become sounds at once: their «s» and «h» beside each other are two.
OTHERS = table_of(
    with_large(CYRILLIC) | ARABIC | {letter: ETHIOPIC_ROWS[place // 8] for place, letter in enumerate(ETHIOPIC)}
)
# In this order, in both languages: spellings of one sound. What is written alike in regular expressions of Python and
# PostgreSQL, and nothing else.
SPELLINGS: tuple[tuple[str, str], ...] = (
    ("tsj|tsch|tch", "k"),
    ("sch|skj|sj|sh|zh", "s"),
    ("ch|kj|kh|ck", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("dj", "j"),
    ("ts|tz", "s"),
    ("x", "ks"),
    ("ee", "i"),
    ("oo", "u"),
    ("oe", "o"),
    ("ue", "u"),
)
# Then one letter for one sound, and vowels in three classes.
SOUNDS = ("cqzwyjeu", "kksviiao")
ENDINGS: tuple[tuple[str, str], ...] = ((r"([a-z])\1+", r"\1"), (r"([aio])h$", r"\1"))
# Left out of a word's bones: what scripts without vowels do not write, or write as a half vowel.
SOFT = "[aiov]"
