"""Technical settings for administrators: people, roles, municipalities. No family is listed here, ever."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import RoleAssignment, User
from municipalities.models import Municipality

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "SAMMEN"
admin.site.unregister([Group, EmailAddress])  # rights come from roles in code; an address is proved by its owner


class ForAdministrators:
    """Whoever may enter the admin may use what is in it: there is nothing else in it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def is_administrator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and getattr(request.user, "is_staff", False))


class RoleAssignmentInline(ForAdministrators, admin.TabularInline):  # type: ignore[type-arg]
    """A role can be given and taken."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request)

    model = RoleAssignment
    extra = 0


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person, without a password: that is set by the person alone."""

    class Meta:
        model = User
        fields = ["email", "name", "phone", "language", "is_active", "is_staff"]


@admin.register(User)
class UserAdmin(ForAdministrators, admin.ModelAdmin):  # type: ignore[type-arg]
    """People with accounts. New ones come by invitation; nobody is deleted, only made inactive."""

    form = UserForm
    list_display = ["email", "name", "is_active", "is_staff"]
    search_fields = ["email", "name"]
    inlines = [RoleAssignmentInline]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Municipality)
class MunicipalityAdmin(ForAdministrators, admin.ModelAdmin):  # type: ignore[type-arg]
    """Municipalities and their settings."""

    list_display = ["number", "name", "quiet_from", "quiet_to", "reminder_at"]
