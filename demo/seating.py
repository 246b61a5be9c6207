"""What the workbench needs to show something: families that want to take part, when they can and how they get about."""

from accounts.models import User
from demo.cast import Household
from families.models import Background, Family
from municipalities.models import Municipality

READY = [
    Household("Solberg", [("Marte Solberg", "nb", "sms")], [("Ella", 2018)]),
    Household("Aziz", [("Rezan Aziz", "nb", "sms")], [("Dilan", 2012)], ("ckb", "nb"), "ckb"),
    Household("Moen", [("Trine Moen", "nb", "email")], [("Vetle", 2019), ("Sol", 2016)]),
    Household("Bondarenko", [("Oksana Bondarenko", "uk", "sms")], [("Danylo", 2017)], ("uk", "en")),
    Household("Kaya", [("Ayşe Kaya", "tr", "sms")], [("Emir", 2018), ("Lina", 2020)], ("tr", "nb")),
    Household("Hauge", [("Per Hauge", "nn", "sms")], [("Jon", 2011)], ("nn",)),
]
FACTS = {  # name: times, area, how they get about, what they have told about their background
    "Rahimi": (["tue-eve", "thu-eve"], "Lia", "bus", "new_in_norway"),
    "Strand": (["thu-eve"], "Sentrum", "bike", "grew_up_here"),
    "Solberg": (["wed-eve", "thu-eve"], "Sentrum", "car", "grew_up_here"),
    "Aziz": (["sat-day"], "Vika", "foot", "new_in_norway"),
    "Moen": (["mon-eve", "thu-eve"], "Sentrum", "car", "moved_here"),
    "Bondarenko": (["thu-eve", "sat-day"], "Lia", "bus", "new_in_norway"),
    "Kaya": (["tue-eve", "thu-eve"], "Sentrum", "foot", ""),
    "Hauge": (["thu-eve"], "Vika", "bike", "moved_here"),
}


def tell_facts(town: Municipality, by: User) -> None:
    """Note for each of these families what it has told."""
    for family in Family.objects.filter(name__in=FACTS):
        times, area, travels, background = FACTS[family.name]
        Family.objects.filter(pk=family.pk).update(times=times, area=area, travels=travels)
        if background:
            Background.objects.update_or_create(
                municipality=town, family=family, defaults={"answer": background, "noted_by": by}
            )
