"""What a short answer by text message means: yes, no or stop, in the languages that families write.

Only a text that says this one thing is understood. One that says more («yes, but a little late»), asks, or says both,
is for a person to read: a wrong «yes» is worse than a question.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache


class Meaning(StrEnum):
    """What a text says."""

    YES = "yes"
    NO = "no"
    STOP = "stop"
    UNCLEAR = "unclear"


# Phrases by language, with commas between. Spelling is folded: case, accents and vowel signs do not matter.
YES = {
    "nb": "ja, jo, jada, japp, jepp, gjerne, vi kommer, jeg kommer, kommer, ja vi kommer, ja jeg kommer",
    "nn": "ja, gjerne, vi kjem, me kjem, eg kjem, kjem, ja vi kjem, ja me kjem, ja eg kjem",
    "en": "yes, yeah, yep, we are coming, i am coming, we come, coming, yes we are coming, yes i am coming",
    "ar": "نعم, أجل, ايوه, ايوا, سنأتي, سنحضر, نعم سنأتي, نعم سنحضر, سوف نأتي, سوف نحضر",
    "uk": "так, да, прийдемо, ми прийдемо, так прийдемо, так ми прийдемо, прийду, так прийду",
    "ti": "እወ, ኣወ, አዎ, ኣዎ, ክንመጽእ ኢና, እወ ክንመጽእ ኢና, ክመጽእ እየ, እወ ክመጽእ እየ",
    "so": "haa, haah, waan imanaynaa, waan imaanaynaa, haa waan imanaynaa, waan imanayaa, haa waan imanayaa",
    "fa_AF": "بله, بلی, آری, می آییم, بلی می آییم, بله می آییم, میاییم, بلی میاییم, بله میاییم",
    "ps": "هو, بلې, راځو, هو راځو, موږ راځو, هو موږ راځو",
    "pl": "tak, przyjdziemy, przyjdę, tak przyjdziemy, tak przyjdę, będziemy, tak będziemy",
    "tr": "evet, geliyoruz, geleceğiz, evet geliyoruz, evet geleceğiz, geliyorum, evet geliyorum",
    "kmr": "erê, belê, em tên, erê em tên, belê em tên, ez têm, erê ez têm",
}
NO = {
    "nb": "nei, nope, vi kommer ikke, jeg kommer ikke, kommer ikke, kan ikke, vi kan ikke, jeg kan ikke, "
    "nei vi kommer ikke, nei jeg kommer ikke, nei vi kan ikke, nei jeg kan ikke, vi kan ikke komme, jeg kan ikke komme",
    "nn": "nei, vi kjem ikkje, me kjem ikkje, eg kjem ikkje, kjem ikkje, kan ikkje, vi kan ikkje, me kan ikkje, "
    "nei vi kjem ikkje, nei me kjem ikkje, nei eg kjem ikkje",
    "en": "no, nope, we are not coming, i am not coming, not coming, we cannot come, we can't come, i cannot come, "
    "i can't come, no we are not coming, no we cannot come, no we can't come",
    "ar": "لا, كلا, لن نأتي, لن نحضر, لا لن نأتي, لا لن نحضر, لا نستطيع, لا نستطيع الحضور",
    "uk": "ні, нет, не прийдемо, ми не прийдемо, ні не прийдемо, ні ми не прийдемо, не прийду, не можемо, ні не можемо",
    "ti": "ኣይፋል, አይፋል, ኣይፋሉን, ኣይኮነን, ኣይንመጽእን, ኣይፋል ኣይንመጽእን, ኣይመጽእን, ኣይንኽእልን",
    "so": "maya, may, ma imanayno, maya ma imanayno, ma imanayo, maya ma imanayo, ma imaan karno",
    "fa_AF": "نه, نخیر, خیر, نمی آییم, نه نمی آییم, نخیر نمی آییم, نمیاییم, نه نمیاییم, نمی توانیم",
    "ps": "نه, یه, نا, نه راځو, نه موږ نه راځو, موږ نه راځو",
    "pl": "nie, nie przyjdziemy, nie przyjdę, nie możemy, nie nie przyjdziemy, nie damy rady",
    "tr": "hayır, hayir, yok, gelmiyoruz, gelemiyoruz, hayır gelmiyoruz, hayır gelemiyoruz, gelemeyeceğiz",
    "kmr": "na, nexêr, em nayên, na em nayên, nexêr em nayên, ez nayêm, na ez nayêm",
}
STOP = {
    "nb": "stopp, stop, stans, stopp sms, stop sms, stopp meldinger, stopp meldingene",
    "nn": "stopp, stogg, stans, stopp sms, stopp meldingar, stopp meldingane",
    "en": "stop, unsubscribe, stop sms, stop messages, stop texting",
    "ar": "توقف, توقفوا, أوقف, أوقفوا, إيقاف, قف, ستوب",
    "uk": "стоп, зупинити, зупиніть, припинити, припиніть",
    "ti": "ደው, ደው በል, ደው ኣብል, ደው በሉ, ደው ኣብሉ, ኣቁም, ጠጠው, ጠጠው ኣብል, ስቶፕ",
    "so": "jooji, joojiya, joog, istaag",
    "fa_AF": "توقف, توقف کنید, متوقف کنید, بس, بس کنید, ایست, ستاپ",
    "ps": "ودروه, ودروئ, بند کړه, بند کړئ, بس, توقف",
    "pl": "stop, zatrzymaj, przestań, przestańcie, rezygnuję",
    "tr": "dur, durdur, durdurun, dursun, iptal",
    "kmr": "raweste, rawestîne, rawestînin, bisekine, bes, bisekinîne",
}
# The same letters say something else to some: «no» is a way to say yes in Polish.
DOUBTFUL = {"pl": "no"}
POLITE = """
    hei, heisann, hallo, takk, tusen, mange, gjerne, dessverre, beklager, beklagar, diverre, unnskyld, hilsen,
    hi, hello, please, thanks, thank, you, sorry, unfortunately,
    مرحبا, السلام, عليكم, شكرا, شكرًا, جزيلا, للأسف, آسف, آسفة, آسفون, عفوا, من, فضلك,
    вітаю, добрий, день, дякую, дякуємо, щиро, на, жаль, вибачте, спасибі,
    ሰላም, የቐንየለይ, የቕንየለይ, ይቕሬታ, ብጣዕሚ, በጃኹም, በጃኻ,
    salaan, mahadsanid, mahadsanidiin, aad, u, waan, ka, xumahay, fadlan, raali, noqo,
    سلام, تشکر, ممنون, متشکرم, متاسفانه, متأسفانه, لطفا, لطفاً, ببخشید, مننه, مهرباني, بښنه, غواړم,
    cześć, dzień, dobry, dziękuję, dziękujemy, bardzo, proszę, niestety, przepraszam, przykro, mi,
    merhaba, teşekkürler, teşekkür, ederim, ederiz, lütfen, maalesef, üzgünüm, sağol, sağolun,
    silav, spas, sipas, gelek, mixabin, bibore, ji, kerema, xwe
"""
ASKING = re.compile("[?؟፧]")
DOWN = re.compile("[👎❌🚫]")
ALIKE = str.maketrans({"ی": "ي", "ى": "ي", "ې": "ي", "ک": "ك", "ı": "i", "ـ": None, "'": None, "’": None})


def folded(text: str) -> tuple[str, ...]:
    """The words as they are compared: no case, no accents or vowel signs, letters that look alike are one."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(ALIKE)).translate(ALIKE)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(re.findall(r"\w+", bare))


@cache
def phrases(language: str) -> dict[tuple[str, ...], Meaning]:
    """What is said in one language, folded."""
    said = ((Meaning.YES, YES), (Meaning.NO, NO), (Meaning.STOP, STOP), (Meaning.UNCLEAR, DOUBTFUL))
    return {
        folded(phrase): meaning for meaning, words in said for phrase in words.get(language, "").split(",") if phrase
    }


@cache
def polite() -> frozenset[str]:
    return frozenset(word for phrase in POLITE.split(",") for word in folded(phrase))


def meaning_of(words: tuple[str, ...], language: str) -> Meaning:
    """In her own language first, else in any; unclear when languages do not agree."""
    if words in phrases(language):
        return phrases(language)[words]
    found = {phrases(other)[words] for other in YES if words in phrases(other)} - {Meaning.UNCLEAR}
    return found.pop() if len(found) == 1 else Meaning.UNCLEAR


def read_answer(text: str, language: str = "") -> Meaning:
    """What the text says; `language`: the one she gets her letters in."""
    if ASKING.search(text) or DOWN.search(text):
        return Meaning.UNCLEAR
    words = folded(text)
    without_politeness = tuple(word for word in words if word not in polite())
    # «ja ja» is a yes; «ja nei» is not in any list.
    once = without_politeness[:1] if len(set(without_politeness)) == 1 else without_politeness
    for said in (words, without_politeness, once):
        meaning = meaning_of(said, language)
        if meaning != Meaning.UNCLEAR:
            return meaning
    return Meaning.UNCLEAR
