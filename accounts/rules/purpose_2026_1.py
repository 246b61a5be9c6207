"""Version 2026-1 of the letter's words. In use: never changed (a test holds its fingerprint)."""

from typing import Any

WORDS: dict[str, dict[str, Any]] = {
    "nb": {
        "title": "Bekreftelse av formål med politiattest",
        "confirms": "{municipality} bekrefter at {name} må vise politiattest for å ha denne oppgaven hos oss:",
        "labels": {"name": "Navn", "role": "Rolle", "tasks": "Oppgaver", "ground": "Hjemmel", "asked": "Bedt om"},
        "roles": {"coordinator": "Koordinator i SAMMEN-familie", "volunteer": "Frivillig i SAMMEN-familie"},
        "tasks": {
            "coordinator": "Følger en gruppe familier gjennom en hel runde. Planlegger og leder samlinger der barn "
            "er med, og snakker med hver familie.",
            "volunteer": "Hjelper til på samlinger der familier møtes, og er sammen med barn og unge.",
        },
        "grounds": {
            "health_and_care": "Helse- og omsorgstjenesteloven § 5-4",
            "child_welfare": "Barnevernsloven, om politiattest for den som utfører oppgaver etter loven",
            "organisation": "Politiregisterforskriften § 34-1, om organisasjoner med ansvar for mindreårige",
            "other": "",
        },
        "paragraphs": (
            "SAMMEN-familie samler fem–seks familier med ulik bakgrunn, så barn og voksne får flere å kjenne der de "
            "bor. Oppgaven gir tillit og ansvar overfor mindreårige. Derfor ber vi om attesten før oppgaven begynner.",
            "Attesten kan ikke være eldre enn tre måneder den dagen den vises. Den vises fram til oss og blir ikke "
            "levert inn. Vi tar ingen kopi, og noterer bare at den er vist, datoene og hvem som så den.",
            "Er søkeren under 18 år, må en verge gi fullmakt når det søkes.",
        ),
        "signed": "For {municipality}",
        "titles": {"leader": "prosjektleder", "checker": "stedfortreder for prosjektleder"},
        "page": "Side {page} av {pages}",
    },
    "nn": {
        "title": "Stadfesting av formål med politiattest",
        "confirms": "{municipality} stadfestar at {name} må vise politiattest for å ha denne oppgåva hos oss:",
        "labels": {"name": "Namn", "role": "Rolle", "tasks": "Oppgåver", "ground": "Heimel", "asked": "Beden om"},
        "roles": {"coordinator": "Koordinator i SAMMEN-familie", "volunteer": "Frivillig i SAMMEN-familie"},
        "tasks": {
            "coordinator": "Følgjer ei gruppe familiar gjennom ein heil runde. Planlegg og leier samlingar der barn "
            "er med, og snakkar med kvar familie.",
            "volunteer": "Hjelper til på samlingar der familiar møtest, og er saman med barn og unge.",
        },
        "grounds": {
            "health_and_care": "Helse- og omsorgstenestelova § 5-4",
            "child_welfare": "Barnevernslova, om politiattest for den som utfører oppgåver etter lova",
            "organisation": "Politiregisterforskrifta § 34-1, om organisasjonar med ansvar for mindreårige",
            "other": "",
        },
        "paragraphs": (
            "SAMMEN-familie samlar fem–seks familiar med ulik bakgrunn, så barn og vaksne får fleire å kjenne der dei "
            "bur. Oppgåva gjev tillit og ansvar overfor mindreårige. Difor bed vi om attesten før oppgåva tek til.",
            "Attesten kan ikkje vere eldre enn tre månader den dagen han blir vist. Han blir vist fram til oss og "
            "ikkje levert inn. Vi tek ingen kopi, og noterer berre at han er vist, datoane og kven som såg han.",
            "Er søkjaren under 18 år, må ei verje gje fullmakt når det blir søkt.",
        ),
        "signed": "For {municipality}",
        "titles": {"leader": "prosjektleiar", "checker": "stadfortredar for prosjektleiar"},
        "page": "Side {page} av {pages}",
    },
    "en": {
        "title": "Confirmation of the purpose of a police certificate",
        "confirms": "{municipality} confirms that {name} must show a police certificate to have this task with us:",
        "labels": {"name": "Name", "role": "Role", "tasks": "Tasks", "ground": "Legal ground", "asked": "Asked for"},
        "roles": {"coordinator": "Coordinator in SAMMEN-familie", "volunteer": "Volunteer in SAMMEN-familie"},
        "tasks": {
            "coordinator": "Follows a group of families through a whole round. Plans and leads gatherings where "
            "children take part, and talks with each family.",
            "volunteer": "Helps at gatherings where families meet, and is together with children and young people.",
        },
        "grounds": {
            "health_and_care": "The Norwegian Health and Care Services Act § 5-4",
            "child_welfare": "The Norwegian Child Welfare Act, on police certificates for those with tasks under it",
            "organisation": "The Norwegian Police Register Regulations § 34-1, on organisations responsible for minors",
            "other": "",
        },
        "paragraphs": (
            "SAMMEN-familie brings five or six families of different backgrounds together, so that children and adults "
            "know more people where they live. The task carries trust and responsibility towards minors. That is why "
            "we ask for the certificate before the task begins.",
            "The certificate must not be older than three months on the day it is shown. It is shown to us, and not "
            "handed in. We take no copy, and note only that it was shown, the dates, and who saw it.",
            "If the applicant is under 18, a guardian must give authorisation for the application.",
        ),
        "signed": "For {municipality}",
        "titles": {"leader": "project leader", "checker": "deputy of the project leader"},
        "page": "Page {page} of {pages}",
    },
}
