"""The invented people of Lillevik. Phones are from the series that nobody has; mail goes to example.org alone."""

from dataclasses import dataclass, field

PASSWORD = "seks stoler rundt bordet"

STAFF = [
    ("Ingrid Solheim", "ingrid.solheim@example.org", ["coordinator"]),
    ("Jonas Lie-Hagen", "jonas.lie-hagen@example.org", ["coordinator"]),
    ("Kari Myhre", "kari.myhre@example.org", ["leader"]),
    ("Tor Aasen", "tor.aasen@example.org", ["referrer"]),
    ("Bjørn Dahl", "bjorn.dahl@example.org", ["volunteer"]),
    ("Ada Nygård", "ada.nygard@example.org", ["administrator"]),
]


@dataclass(frozen=True)
class Household:
    """A family: its adults as (name, language, channel), its children as (name, year of birth)."""

    name: str
    adults: list[tuple[str, str, str]]
    children: list[tuple[str, int]] = field(default_factory=list)
    languages: tuple[str, ...] = ("nb",)
    interpreter: str = ""
    food: str = ""
    access: str = ""
    lift: bool = False
    photo: bool = False
    confidential: bool = False


BIRCH = [
    Household(
        "Berg", [("Silje Berg", "nb", "email"), ("Anders Berg", "nb", "email")], [("Iver", 2017), ("Tuva", 2020)]
    ),
    Household(
        "Haddad",
        [("Amira Haddad", "ar", "sms"), ("Karim Haddad", "ar", "sms")],
        [("Yara", 2016), ("Sami", 2018), ("Nour", 2021)],
        ("ar", "nb"),
        "ar",
        "halal",
        lift=True,
    ),
    Household("Kovalenko", [("Oksana Kovalenko", "uk", "sms")], [("Danylo", 2015), ("Sofija", 2018)], ("uk",), "uk"),
    Household("Nilsen", [("Marit Nilsen", "nn", "sms"), ("Jon Nilsen", "nn", "email")], [("Eira", 2019)], ("nn",)),
    Household(
        "Okafor",
        [("Grace Okafor", "en", "sms"), ("Daniel Okafor", "en", "sms")],
        [("Ada", 2016), ("Emeka", 2019), ("Zuri", 2022)],
        ("en",),
        food="uten nøtter",
        photo=True,
    ),
    Household(
        "Tesfay",
        [("Selam Tesfay", "ti", "sms")],
        [("Abel", 2017), ("Ruta", 2020)],
        ("ti", "nb"),
        "ti",
        "faster",
        lift=True,
    ),
]
PINE = [
    Household("Abdi", [("Hodan Abdi", "so", "sms")], [("Ayaan", 2017), ("Liban", 2019)], ("so", "nb"), "so", "halal"),
    Household("Hansen", [("Nora Hansen", "nb", "sms"), ("Ole Hansen", "nb", "sms")], [("Jakob", 2018)]),
    Household("Lindqvist", [("Eva Lindqvist", "nb", "email")], [("Alva", 2017), ("Nils", 2021)], ("sv", "nb")),
    Household("Nguyen", [("Linh Nguyen", "nb", "sms")], [("An", 2016), ("Minh", 2020)], ("vi", "nb"), food="vegetar"),
    Household(
        "Rahman",
        [("Nadia Rahman", "en", "sms"), ("Imran Rahman", "en", "sms")],
        [("Zara", 2019)],
        ("ur", "en"),
        access="trappefri inngang",
    ),
]
HEGG = [
    Household("Lie", [("Turid Lie", "nb", "sms")], [("Mathias", 2014)]),
    Household("Mehari", [("Yonas Mehari", "ti", "sms")], [("Senait", 2015), ("Filmon", 2018)], ("ti",), "ti"),
    Household("Ødegård", [("Åse Ødegård", "nn", "email")], [("Sindre", 2016)], ("nn",)),
    Household("Nowak", [("Anna Nowak", "pl", "sms")], [("Kacper", 2015)], ("pl", "nb")),
    Household("Saidi", [("Laila Saidi", "fa_AF", "sms")], [("Arash", 2017)], ("fa_AF",), "fa_AF"),
]
WILLOW = [
    Household("Aune", [("Hilde Aune", "nb", "sms")], [("Brage", 2016)]),
    Household("Demir", [("Elif Demir", "tr", "sms")], [("Deniz", 2017)], ("tr", "nb")),
    Household("Johnsen", [("Pål Johnsen", "nb", "email")], [("Mia", 2018)]),
    Household("Petrenko", [("Iryna Petrenko", "uk", "sms")], [("Maksym", 2016)], ("uk",), "uk"),
    Household("Yusuf", [("Fadumo Yusuf", "so", "sms")], [("Idil", 2019)], ("so",)),
]
WAITING = [
    Household("Rahimi", [("Yasmin Rahimi", "fa_AF", "sms")], [("Omid", 2018)], ("fa_AF",), "fa_AF"),
    Household("Strand", [("Kjersti Strand", "nb", "sms")], [("Oda", 2017), ("Lars", 2020)]),
    Household("Al-Masri", [("Huda Al-Masri", "ar", "sms")], [("Tarek", 2016)], ("ar",), "ar", "halal"),
    Household("Johansen Eide", [("Bente Johansen Eide", "nn", "email")], [("Torbjørn", 2019)], ("nn",)),
    # Referred once more, by somebody who spells it otherwise.
    Household("Almasri", [("هدى المصري", "ar", "sms")], [("Tariq", 2016), ("Lina", 2022)], ("ar",), "ar"),
    Household("Woldu", [("Rahel Woldu", "ti", "sms")], [("Natnael", 2020)], ("ti",), "ti", confidential=True),
]

VENUES = [  # name, address, directions, accessibility
    (
        "Bjørkehuset",
        "Skolegata 4",
        "Buss 21 til Torget, så tre minutter å gå. Rød dør mot parken.",
        "trappefri inngang",
    ),
    ("Frivilligsentralen", "Torget 2", "Midt på torget, ved siden av biblioteket. Andre etasje, heis.", "heis"),
    ("Bålplassen ved Svartdalstjernet", "Svartdalsveien 80", "Buss 34 til endestoppet, så stien i fem minutter.", ""),
]
CONTACT = ("Maja Lund", "+4740000911", "maja.lund@example.org")  # at SOS-barnebyer
LESSONS = (
    "Begynn å snakke med familiene før sommeren. Bjørkehuset er best: kort vei fra bussen, og barna har plass.\n"
    "Bestill tolk tre uker før. La familiene lage maten fra første kveld."
)
REFERENCE_GROUP = [  # name, role or organisation, phone, e-mail
    ("Ellen Moe", "leder for biblioteket", "+4740000912", "ellen.moe@example.org"),
    ("Hamid Karimi", "pappa fra en tidligere runde", "+4740000913", ""),
    ("Randi Østby", "helsestasjonen", "", "randi.ostby@example.org"),
]
PAST = [  # activity, what we did, what went well, what to change
    (
        "Vi blir kjent",
        "Vi satt rundt ett langt bord og sa navnene våre.",
        "Barna fant hverandre med en gang.",
        "Navnelapper på alle.",
    ),
    (
        "Tur til Svartdalstjernet",
        "Vi gikk rundt vannet og grillet pølser.",
        "Alle bar noe.",
        "Varmere klær i bilen.",
    ),
    (
        "Suppe fra to kjøkken",
        "Grace og Selam lagde suppe, vi andre skar grønnsaker.",
        "Det ble mye latter.",
        "Større gryte.",
    ),
    (
        "Høstmarked på torget",
        "Vi solgte vafler og kom i prat med naboer.",
        "Ungdommene tok kassa.",
        "Vekslepenger.",
    ),
    ("Spillkveld", "Brettspill og ludo på fire språk.", "Ingen ville hjem.", "Flere spill for de små."),
    ("Bålkveld ved Svartdalstjernet", "", "", ""),
]
PARTY = ("Avslutningsfest", "Vi spiste og danset.", "Alle takket hverandre.", "")
# What families answer to attendance, drawn from in turn.
CAME = "yes yes yes some yes yes no yes yes yes yes some yes told yes yes yes yes".split()
