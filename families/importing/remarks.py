"""What a remark holds: needs that are kept, health and identity numbers that are not, and plain words."""

import re
from dataclasses import dataclass, field

from families.importing.protection import names_protection
from web.identity_numbers import CANDIDATE, holds_identity_number, is_identity_number

HEALTH = re.compile(
    r"diabet|insulin|\bast(h)?ma|epileps|epilept|\badhd\b|autis|asperger|tourette|depresj|depress|\bangst"
    r"|anxiety|psyk(isk|iat|ol|ose)|psych|\bbup\b|\bdps\b|\bppt\b|\bhabilitering|rehabilit"
    r"|\bkreft(en|syk\w*|sjuk\w*)?\b|\bcancer|\bhiv\b|\baids\b|hepatitt|hepatitis|\bcp\b|cerebral|syndrom"
    r"|diagnos|\bsyk(?![kl])\w*|\bsjuk\w*|\bsick|illness|disease|disorder|kronisk|chronic|medisin|medicin"
    r"|medicat|medikament|epipen|behandling|treatment|sykehus|hospital|\blege\w*|\bdoctor|terapi|therap|traume"
    r"|trauma|\bptsd\b|\brus(en|et|fri|misbruk\w*|avhengig\w*|problem\w*)?\b"
    r"|\w(sykdom|sjukdom|syke|sjuke)\w*\b|deprim|hjerne|hatt slag|hyperaktiv"
    r"|stoffskifte"
    r"|hodepine|hovudpine|headache|allergisk sjokk|(har|has|med|with) ms\b|\badd\b|\baap\b|bevegelseshem|rørslehem"
    r"|støttekontakt|avlastning|misbruk|addict|avhengig av|gravid|pregnan"
    r""
    r"|venter (barn|baby|tvilling|sitt|nr|sin)|ventar (barn|baby|tvilling|sitt|nr|sin)|\bexpecting\b"
    r"|\btermin i\b|spiseforst|anore|bulimi|selvmord|sjølvmord|suicid|selvskad|sjølvskad|utviklingshem"
    r"|psykisk utvikling|funksjonshem|funksjonsneds|funksjonsnivå|disabilit|disabled|handikap|\bufør|\bdemens"
    r"|dementia|migrene|migraine|hjertefeil|hjarte(feil|sjuk)|hjertesyk|heart (condition|disease|defect)"
    r"|leddgikt|arthrit|smerte|utmattel|\bme/cfs|sykmeld|sjukmeld|arbeidsavklaring|dysleks|lærevansk|språkvansk"
    r"|\bdøv|\bdeaf|\bblind\b|hørselsh|høyrselsh|synshem|synssvek|cøliaki|coeliac|celiac|crohn|allergisjokk"
    r"|anafyla|anaphyla|operert|operasjon|surgery|blodtrykk|allergitest|lidelse|nedsatt (syn|hørsel|funksjon)"
    r"|helseproblem|helseutfordr|mental health|health (problem|issue|condition)|utbrent|burnout|\bnevro"
    r"|hjerneska|hjerte(problem|lid|infarkt|trøbbel)|hjarteproblem|heart problem|nyre(svikt|syk|sjuk)|dialyse"
    r"|transplant|leukemi|svulst|\bkols\b|\bcopd\b|parkinson|alzheimer|tuberkul|hemofili|multippel|\bdowns?\b"
    r"|bipolar|schizo|\bocd\b|tvangslid|tvangstank|mutisme|prolaps|fibromyalgi|ryggprob|vondt i rygg|bad back"
    r"|helse(plage|messig|tilstand|svikt)|dårlig(e)? helse|dårleg helse|poor health|bad health|innlagt"
    r"|hospitali[sz]|mental(t|e)? (helse|ill|syk|problem)|sliter (psykisk|med)|slit med|svaksynt|tunghørt"
    r"|høyreapparat|høreapparat|hearing (aid|impair|loss)|impaired|\bhelseattest|autoimmun|eksem\b|eczema"
    r"|psoriasis|overvekt|obesity|underernær|søvn(vansk|problem)|insomnia|stoma\b|sorg(gruppe|reaksjon)|nervøs"
    r"|panikk|panic|vaksin|vaccin"
    # As private as health.
    r"|\bvold\b|voldsutsatt|\bviolence|\babuse|krisesenter|women's shelter|overgrep|fengsel|prison|barnevern"
    r"|child welfare|omsorgsovertak",
    re.I,
)
# As private, too; but «Kristen» and «Muslim» are names as well: only looked for where people write freely.
BELIEF = re.compile(
    r"\bmuslim\w*|\bkristen\b|\bkristne|\bchristians?\b|jehova|\bsikh|\bhindu|buddhist|\bjøde\b|\bjødisk|\bjewish"
    r"|homofil|lesbisk|\bgay\b|transperson|\bstraffet|\bstraffa|\bdømt",
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
    digits = [re.sub(r"\D", "", found.group()) for found in CANDIDATE.finditer(text)]
    if re.fullmatch(r"\d{10}", text):
        return is_identity_number(f"0{text}")  # kept as a number, it has lost its first zero
    return any(map(begins_with_a_day, digits))


def begins_with_a_day(digits: str) -> bool:
    """As every identity number does, mistyped ones and all series too (day + 40; month + 40, + 65, + 80)."""
    day, month = int(digits[:2]), int(digits[2:4])
    months = {month, month - 40, month - 65, month - 80}
    return 1 <= (day - 40 if day > 40 else day) <= 31 and any(1 <= each <= 12 for each in months)


def without_numbers(text: str) -> str:
    """The text with every such number cut out."""
    return re.sub(r"^\d{10}$", "", CANDIDATE.sub(" ", NUMBER_TOLD.sub(" ", text)).strip())


def read_remark(text: str) -> Remark:
    """Sort a remark's sentences. Beside health or an identity number only plain needs are kept."""
    remark = Remark(has_health=bool(HEALTH.search(text) or BELIEF.search(text)), has_number=holds_number(text))
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
    return bool(HEALTH.search(text) or BELIEF.search(text)) or holds_number(text)


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
    if not text or private(text) or NOTHING_NEEDED.match(text) or names_protection(text):
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
