"""Every address of the product, by room."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from sammen import health
from web.views.gallery import gallery

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("konto/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("families.urls")),
    path("", include("groups.urls")),
    path("", include("sessions_log.urls")),
    path("", include("insight.urls")),
]
if settings.DEBUG:
    urlpatterns += [path("demo/", include("demo.urls")), path("galleri/", gallery, name="gallery")]
