"""Technical settings for administrators: people, roles, municipalities. No family is listed here, ever."""

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import RoleAssignment, User
from municipalities.models import Municipality

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "SAMMEN"
admin.site.unregister(Group)  # rights come from roles in code, not from groups in a table


class RoleAssignmentInline(admin.TabularInline):  # type: ignore[type-arg]
    model = RoleAssignment
    extra = 0


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person, without a password: that is set by the person alone."""

    class Meta:
        model = User
        fields = ["email", "name", "phone", "language", "is_active", "is_staff"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """People with accounts. New ones come by invitation; nobody is deleted, only made inactive."""

    form = UserForm
    list_display = ["email", "name", "is_active", "is_staff"]
    search_fields = ["email", "name"]
    inlines = [RoleAssignmentInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Municipalities and their settings."""

    list_display = ["number", "name", "quiet_from", "quiet_to", "reminder_at"]

    def has_delete_permission(self, request: HttpRequest, obj: Municipality | None = None) -> bool:
        return False
