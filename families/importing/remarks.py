"""What a remark holds: needs that are kept, health and identity numbers that are not, and plain words."""

import re
from dataclasses import dataclass, field

from web.identity_numbers import CANDIDATE, holds_identity_number

HEALTH = re.compile(
    r"diabet|insulin|\bast(h)?ma|epileps|epilept|\badhd\b|autis|asperger|tourette|depresj|depress|\bangst"
    r"|anxiety|psyk(isk|iat|ol|ose)"
    r"|psych|\bbup\b|\bdps\b|\bppt\b|\bhabilitering|rehabilit|\bkreft(en|syk\w*|sjuk\w*)?\b|\bcancer|\bhiv\b"
    r"|\baids\b|hepatitt|hepatitis"
    r"|\bcp\b|cerebral|syndrom|diagnos|\bsyk(?![kl])\w*|\bsjuk\w*|\bsick|illness|disease|disorder|kronisk"
    r"|chronic|medisin|medicin|medicat"
    r"|medikament|epipen|behandling|treatment|sykehus|hospital|\blege\w*|\bdoctor|terapi|therap|traume|trauma|\bptsd\b"
    r"|\brus(en|et|misbruk\w*|avhengig\w*|problem\w*)?\b|misbruk|addict|avhengig av|gravid|pregnan|spiseforst"
    r"|anore|bulimi|selvmord|sjølvmord"
    r"|suicid|selvskad|sjølvskad|utviklingshem|psykisk utvikling|funksjonshem|funksjonsneds|funksjonsnivå"
    r"|disabilit|disabled|handikap|\bufør"
    r"|\bdemens|dementia|migrene|migraine|hjertefeil|hjarte(feil|sjuk)|hjertesyk"
    r"|heart (condition|disease|defect)|leddgikt|arthrit|smerte"
    r"|utmattel|\bme/cfs|sykmeld|sjukmeld|arbeidsavklaring|dysleks|lærevansk|språkvansk|\bdøv|\bdeaf|\bblind\b"
    r"|hørselsh|høyrselsh|synshem"
    r"|synssvek|cøliaki|coeliac|celiac|crohn|allergisjokk|anafyla|anaphyla|operert|operasjon|surgery|blodtrykk"
    r"|allergitest|lidelse"
    r"|nedsatt (syn|hørsel|funksjon)|helseproblem|helseutfordr|mental health|health (problem|issue|condition)"
    r"|utbrent|burnout|\bnevro|hjerneska"
    # As private as health.
    r"|\bvold\b|voldsutsatt|\bviolence|\babuse|krisesenter|women's shelter|overgrep|fengsel|prison|barnevern"
    r"|child welfare|omsorgsovertak",
    re.I,
)
FOOD = re.compile(
    r"allerg|halal|kosher|vegetar|vegan|laktose|lactose|gluten|nøtt|peanøtt|\bnuts?\b|peanut|\begg\b|\beggs\b"
    r"|\bmelk\b|\bmjølk\b|\bmilk\b"
    r"|\bfisk\b|\bfish\b|skalldyr|skaldyr|shellfish|\bsvin|\bpork\b|\bstorfe|\bbeef\b|spiser ikke|et ikkje"
    r"|doesn.t eat|do not eat|don.t eat"
    r"|\bno (pork|meat|fish|nuts|milk|beef)|ikke (kjøtt|svin|fisk)|intoleran|matallergi|kostho|\bdiet\b"
    r"|uten alkohol|ikke alkohol",
    re.I,
)
NOT_FOOD = re.compile(r"pollen|katt|hund|\bcats?\b|\bdogs?\b|\bdyr\b|pels|midd|støv|dust|animal|hest\b", re.I)
ACCESS = re.compile(
    r"rullestol|rullator|barnevogn|barnevagn|\bheis\b|trapp|wheelchair|stroller|\bpram\b|step.?free|\bramp"
    r"|teleslynge|tegnspråk|teiknspråk"
    r"|sign language|universell utforming|\bkrykker|crutches|terskel",
    re.I,
)
TRANSPORT = re.compile(
    r"skyss|\blift\b|\ba ride\b|\bhentes\b|\bhentast\b|henting|transport|trenger kjøring|treng køyring", re.I
)
NO = re.compile(r"\b(ikke|ikkje|ingen|no|not|don.t|doesn.t|uten|utan|without)\b", re.I)
NOTHING_NEEDED = re.compile(
    r"^(nei|no|none|ingen|inga|ingenting|nothing|ikke noe|ikkje noko)( (kjente|known|spesielle|særlige|food))*"
    r"( (allerg\w*|intoleran\w*|hensyn|omsyn|behov|needs|preferences|matallerg\w*))?\W*$",
    re.I,
)
OFFERS = re.compile(
    r"bidra|\bkan (lage|hjelpe|bake|spille|lære|vise|synge)|vil gjerne hjelpe|\bcan (cook|help|bake|teach|play)"
    r"|flink (til|i|med)"
    r"|glad i å (lage|bake|hjelpe)|contribut|happy to (help|cook|bake)|god til å",
    re.I,
)
SAME = re.compile(
    r"samme (familie|hushold)|same (family|household)|duplikat|duplicate|dobbeltf|står dobbelt"
    r"|allerede (henvist|meldt)",
    re.I,
)
NUMBER_TOLD = re.compile(r"(f(ø|o)dselsn\w*|personn\w*|\bfnr|\bd-?nr|d-nummer|national id|\bssn)\W*\d[\d .-]{3,}", re.I)
SENTENCES = re.compile(r"(?<=\D[.!?;])\s+|;|\n|(?<=[!?])|\s+[–—]\s+|(?<!\d)\.$")


@dataclass
class Remark:
    """What was found. Health and identity numbers leave a mark here and nothing else."""

    food: list[str] = field(default_factory=list)
    access: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    transport: bool = False
    same_family: bool = False
    has_health: bool = False
    has_number: bool = False


def holds_number(text: str) -> bool:
    """An identity number, or digits that are called one or begin as one does."""
    if holds_identity_number(text) or NUMBER_TOLD.search(text):
        return True
    return any(begins_with_a_day(re.sub(r"\D", "", found.group())) for found in CANDIDATE.finditer(text))


def begins_with_a_day(digits: str) -> bool:
    """As every identity number does, mistyped ones and all series too (day + 40; month + 40, + 65, + 80)."""
    day, month = int(digits[:2]), int(digits[2:4])
    months = {month, month - 40, month - 65, month - 80}
    return 1 <= (day - 40 if day > 40 else day) <= 31 and any(1 <= each <= 12 for each in months)


def without_numbers(text: str) -> str:
    """The text with every such number cut out."""
    return CANDIDATE.sub(" ", NUMBER_TOLD.sub(" ", text)).strip()


def read_remark(text: str) -> Remark:
    """Sort a remark's sentences. Beside health or an identity number only plain needs are kept."""
    remark = Remark(has_health=bool(HEALTH.search(text)), has_number=holds_number(text))
    for part in SENTENCES.split(text):
        sentence = part.strip(" .;,\n–-")
        if len(kinds(sentence)) > 1 or private(sentence):
            for piece in sentence.split(","):
                sort(piece.strip(), remark)
        else:
            sort(sentence, remark)
    if remark.has_health or remark.has_number:
        # What stands beside may belong to it: «Medisin i sekken».
        remark.words.clear()
    return remark


def private(text: str) -> bool:
    return bool(HEALTH.search(text)) or holds_number(text)


def kinds(text: str) -> set[str]:
    """Which needs, offers and hints a text names."""
    found = {
        name
        for name, pattern in (
            ("food", FOOD),
            ("access", ACCESS),
            ("transport", TRANSPORT),
            ("offers", OFFERS),
            ("same", SAME),
        )
        if pattern.search(text)
    }
    if "food" in found and NOT_FOOD.search(text):
        found = found - {"food"} | {"access"}
    return found


def sort(text: str, remark: Remark) -> None:
    """Put one piece where it belongs; a private one nowhere."""
    if not text or private(text) or NOTHING_NEEDED.match(text):
        return
    found = kinds(text)
    if "same" in found:
        remark.same_family = True
    elif "food" in found:
        remark.food.append(text)
    elif "access" in found:
        remark.access.append(text)
    elif "transport" in found:
        remark.transport = remark.transport or not NO.search(text)
    elif "offers" in found:
        remark.offers.append(text)
    else:
        remark.words.append(text)
