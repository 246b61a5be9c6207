"""Questions about people and their roles."""

from typing import Any

from django.db.models import Prefetch

from accounts.models import Certificate, CertificateRequest, RoleAssignment, User
from accounts.roles import permissions_of
from municipalities.models import Municipality
from municipalities.sorting import NbKey


def roles_in(user: User, number: str) -> list[RoleAssignment]:
    """The roles that a person holds in the municipality with this number, with the municipality in each."""
    if not number.isdecimal():  # also signs that the database would refuse
        return []
    return list(RoleAssignment.objects.filter(user=user, municipality__number=number).select_related("municipality"))


def act_in(user: User, municipality: Municipality) -> User:
    """The person as a page of this municipality would see her: for commands, which have no request."""
    user.permissions = permissions_of([role.role for role in roles_in(user, municipality.number)])
    return user


def municipalities_of(user: User) -> list[Municipality]:
    """The municipalities in which a person holds a role, by number."""
    return list(
        Municipality.objects.filter(pk__in=RoleAssignment.objects.filter(user=user).values("municipality")).order_by(
            "number"
        )
    )


def people_with_role(municipality: Municipality, *roles: str) -> list[User]:
    """Active people with any of these roles in a municipality, by name."""
    return list(
        User.objects.filter(
            is_active=True,
            pk__in=RoleAssignment.objects.filter(municipality=municipality, role__in=roles).values("user"),
        ).order_by("name", "pk")
    )


def staff_of(municipality: Municipality) -> list[Any]:
    """Everybody with a role here by name; each with `.roles_here`, `.certificates_here` and `.requests_here`.

    Four queries, whatever the number of people.
    """
    here = RoleAssignment.objects.filter(municipality=municipality).order_by("role")
    people = (
        User.objects.filter(pk__in=here.values("user"))
        .order_by(NbKey("name"), "pk")
        .prefetch_related(
            Prefetch("role_assignments", queryset=here, to_attr="roles_here"),
            Prefetch(
                "certificates",
                queryset=Certificate.objects.in_force(),
                to_attr="certificates_here",
            ),
            Prefetch("certificate_requests", queryset=CertificateRequest.objects.all(), to_attr="requests_here"),
        )
    )
    return list(people)
