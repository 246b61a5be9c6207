"""People with an account, and the roles they hold."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from accounts.roles import CHECKER, ROLES
from municipalities.models import Municipality


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail address is the log-in."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. What she may do comes from roles in a municipality, never from here.

    `permissions` is what she may do in the municipality of this request; it is set by the access middleware (or
    `queries.act_in` in commands) and empty until then.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("full name"), max_length=150)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(
        _("language of the screens"),
        max_length=2,
        choices=[("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("English"))],
        default="nb",
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the technical settings"), default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    permissions: frozenset[Permission] = frozenset()

    class Meta:
        verbose_name = _("person with an account")
        verbose_name_plural = _("people with an account")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """What we call her: the first word of the name she gave."""
        return self.name.split()[0] if self.name.strip() else self.email

    @property
    def initials(self) -> str:
        words = self.name.split() or [self.email]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @cached_property
    def followed_groups(self) -> list[int]:
        """Ids of the groups she follows today: asked once, for every question of a request begins with it."""
        return list(self.coordinating.current().values_list("group", flat=True))

    def may(self, permission: Permission) -> bool:
        """Whether she may do this in the municipality of the request."""
        return permission in self.permissions


class RoleAssignment(models.Model):
    """A role that a person holds in a municipality; the national roles have none."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=[(name, role.title) for name, role in ROLES.items()])
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality", "role"], name="one_assignment_per_role", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=False) | models.Q(role__in=["adviser", "administrator"]),
                name="local_roles_have_a_municipality",
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=models.Q(role=CHECKER),
                name="one_deputy_for_certificates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
