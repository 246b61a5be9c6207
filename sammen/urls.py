"""Every address of the product, by room."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from accounts.access import signed_in
from sammen.health import healthz, readyz
from sammen.receipts import mail_receipt, sms_receipt
from web.views.gallery import gallery

handler500 = "web.views.failed.failed"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("sms/kvittering/", sms_receipt, name="sms_receipt"),
    path("epost/kvittering/", mail_receipt, name="mail_receipt"),
    path("konto/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("planning.urls")),
    path("", include("families.urls")),
    path("", include("groups.urls")),
    path("", include("sessions_log.urls")),
    path("", include("messaging.urls")),
    path("", include("answers.urls")),
    path("", include("insight.urls")),
]
if settings.DEBUG:
    urlpatterns += [
        path("galleri/", signed_in(gallery), name="gallery"),
        path("", include("demo.urls")),
    ]
