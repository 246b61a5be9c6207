"""Names as they sound: one spelling for å and aa, Mohammed and Muhamad, Selam and ሰላም.

For finding and comparing only; what a person reads is always the name as it was written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

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


def table(letters: str, sounds: str) -> dict[int, int | None]:
    """As PostgreSQL reads `translate(text, letters, sounds)`."""
    return str.maketrans(letters[: len(sounds)], sounds, letters[len(sounds) :])


LETTERS, FOREIGN = table(*LATIN), table(*OTHERS)
CLASSES = str.maketrans(*SOUNDS)
# A slip of one letter counts in words as long as this.
LONG = 5
MOST_WORDS = 5


@dataclass(frozen=True)
class Word:
    """A word of a name. `sound` is its folded spelling, `bones` the sound without vowels; `bare` when its script
    leaves vowels out."""

    sound: str
    bones: str
    bare: bool

    def like(self, other: "Word") -> bool:
        """The same in another spelling or script, or one letter off in a long word. Symmetric."""
        if self.sound == other.sound:
            return True
        if self.bare != other.bare:
            return self.bones == other.bones
        return min(len(self.sound), len(other.sound)) >= LONG and one_letter_off(self.sound, other.sound)


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[Word, ...]:
    """The words of a name, in its order."""
    without = re.sub(*ARTICLE, name.translate(str.maketrans("", "", APOSTROPHES)))
    return tuple(
        Word(sound, bones_of(sound), bool(re.search(FEW_VOWELS, word)))
        for word in re.split(BETWEEN, without)
        if (sound := sound_of(word))
    )


def sound_of(word: str) -> str:
    """The folded spelling of one word; the database's `name_sound` does the same, step by step."""
    text = re.sub("^و", "v", word)
    for vowel, letters in VOWELLED.items():
        text = re.sub(f"([{letters}])", rf"\g<1>{vowel}", text)
    text = text.translate(LETTERS)
    for pattern, made in SPELLINGS:
        text = re.sub(pattern, made, text)
    for letter, made in DOUBLE.items():
        text = text.replace(letter, made)
    text = text.translate(FOREIGN).translate(CLASSES)
    for pattern, made in ENDINGS:
        text = re.sub(pattern, made, text)
    return text


def bones_of(sound: str) -> str:
    """The sound without vowels; a word that has nothing else keeps them."""
    return re.sub(SOFT, "", sound) or sound


def one_letter_off(one: str, other: str) -> bool:
    """Whether a letter after the first was changed, left out, or put in. Symmetric."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or not (one.isalpha() and other.isalpha()):
        return False
    if short[:1] != long[:1]:  # Hansen and Jansen are two
        return False
    same = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def matched(ones: Sequence[object], others: Sequence[object], fits: "list[list[bool]]") -> int:
    """How many of one list find a partner of their own in the other: the largest matching, whatever the order."""
    partner: dict[int, int] = {}

    def find(one: int, tried: set[int]) -> bool:
        for other in range(len(others)):
            if fits[one][other] and other not in tried:
                tried.add(other)
                if other not in partner or find(partner[other], tried):
                    partner[other] = one
                    return True
        return False

    return sum(find(one, set()) for one in range(len(ones)))


def same_name(ones: Sequence[Word], others: Sequence[Word], least: int = 2) -> bool:
    """Whether two names are one: every word of the shorter stands in the longer, in any order, and at least so many."""
    shorter = min(len(ones), len(others))
    if shorter < least:
        return False
    fits = [[one.like(other) for other in others] for one in ones]
    return matched(ones, others, fits) == shorter


def name_keys(words: Sequence[Word]) -> set[str]:
    """By which other spellings of an adult's name are found: the bones of each two of its words."""
    bones = sorted({word.bones for word in words[:MOST_WORDS]})
    return {f"{one} {other}" for one, other in combinations(bones, 2)}
