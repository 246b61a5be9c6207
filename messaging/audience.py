"""Who gets a message that staff write, and how."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from families.models import Channel, Family, Person, PersonKind


@dataclass(frozen=True)
class Addressee:
    """One adult, and her way: sms or email, or call, when somebody must call her."""

    person: Person
    channel: str

    @property
    def address(self) -> str:
        """Nothing for a protected family: its row keeps no number."""
        if self.person.family.is_protected:
            return ""
        return self.person.phone if self.channel == Channel.CALL else self.person.address_of_channel


@dataclass
class Household:
    """A family that was chosen, with those of it who get the message; none when nobody can be reached."""

    family: Family
    addressees: list[Addressee] = field(default_factory=list)


@dataclass(frozen=True)
class Audience:
    """All that were chosen, by name."""

    households: list[Household]

    @property
    def addressees(self) -> list[Addressee]:
        return [each for household in self.households for each in household.addressees]

    @property
    def written_to(self) -> list[Addressee]:
        return [each for each in self.addressees if each.channel != Channel.CALL]

    @property
    def called(self) -> list[Household]:
        """Families that somebody must call: they chose it, or their address is protected."""
        return [each for each in self.households if any(to.channel == Channel.CALL for to in each.addressees)]

    @property
    def out_of_reach(self) -> list[Family]:
        return [each.family for each in self.households if not each.addressees]

    @property
    def fingerprint(self) -> str:
        """Changes when somebody joins, leaves or is reached in another way."""
        return "-".join(f"{each.person.pk}{each.channel[:1]}" for each in self.addressees)


def audience_of(families: Iterable[Family]) -> Audience:
    """The adults that each family chose; a protected family is called, and so is one that chose nobody. One query."""
    chosen = list(families)
    adults: dict[int, list[Person]] = {family.pk: [] for family in chosen}
    rows = Person.objects.filter(family__in=chosen, kind=PersonKind.ADULT, left_on__isnull=True)
    for person in rows.order_by("family", "position", "pk"):
        adults[person.family_id].append(person)
    return Audience([Household(family, list(reached(family, adults[family.pk]))) for family in chosen])


def reached(family: Family, adults: list[Person]) -> Iterable[Addressee]:
    """Each adult who gets messages, in her own way. One call to a family that is protected or chose nobody."""
    for adult in adults:
        adult.family = family
    receives = [adult for adult in adults if adult.receives]
    if receives and not family.is_protected:
        return [Addressee(adult, adult.channel) for adult in receives]
    with_phone = [adult for adult in [*receives, *adults] if adult.phone]
    return [Addressee(adult, Channel.CALL) for adult in with_phone[:1]]
