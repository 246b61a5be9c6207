"""Every setting, read from the environment alone. `.env.example` lists the names."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from municipalities.pool import forget_municipality
from outbox.rules.gateways import WrongSetting, gateways, json_object
from outbox.rules.receipts import receipts_described
from sammen.local.services import addresses

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=True)
TESTING = "pytest" in sys.modules

# What a developer's machine runs when nothing is set: the embedded servers in .local/.
LOCAL = addresses(BASE_DIR) if DEBUG else {}


def required(name: str) -> str:
    """The variable's value, or the local default in development. One sentence when it is missing."""
    value = env.str(name, default=LOCAL.get(name, ""))
    if not value:
        raise ImproperlyConfigured(f"{name} must be set when DEBUG is off (see .env.example).")
    return str(value)


SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "anymail",
    "pghistory",
    "pgtrigger",
    "csp",
    "web",
    "municipalities",
    "audit",
    "outbox",
    "accounts",
    "planning",
    "families",
    "groups",
    "sessions_log",
    "messaging",
    "answers",
    "insight",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "web.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "web.htmx.HtmxResponseMiddleware",
    "municipalities.middleware.TransactionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.AccessMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "sammen.urls"
WSGI_APPLICATION = "sammen.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.menu.menu",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "designsystemet"
FORM_RENDERER = "web.controls.Renderer"


def database(name: str) -> dict[str, Any]:
    """One PostgreSQL address as Django wants it."""
    settings: dict[str, Any] = env.db_url_config(required(name), engine="django.db.backends.postgresql")
    settings["ATOMIC_REQUESTS"] = False  # the middleware owns the transaction: row-level security needs it
    return settings


# "default" is the application's role: it owns nothing, so row-level security holds for it.
# "owner" migrates and backs up. In production only `migrate` needs it.
DATABASES: dict[str, dict[str, Any]] = {"default": database("DATABASE_URL")}
if env.str("DATABASE_OWNER_URL", default=LOCAL.get("DATABASE_OWNER_URL", "")):
    DATABASES["owner"] = database("DATABASE_OWNER_URL")
DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
if not TESTING:
    # A pooled connection forgets the municipality before somebody else gets it.
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "server_side_binding": True,
        "prepare_threshold": 5,  # psycopg's own value, which Django turns off; planning took half of the time
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL", default=8),
            "timeout": 8,
            "reset": forget_municipality,
        },
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "web.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "sammen",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # a dead Valkey never breaks log-in
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())
SESSION_COOKIE_NAME = "sammen_session" if DEBUG else "__Host-sammen_session"
CSRF_COOKIE_NAME = "sammen_csrf" if DEBUG else "__Host-sammen_csrf"
LANGUAGE_COOKIE_NAME = "sammen_language"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEBUG
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/Oslo"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    # Without these a page that wakes the worker would wait for the broker for ever.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# A sending service by Anymail, when one is named; else SMTP.
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="")
EMAIL_CONFIG = {} if EMAIL_BACKEND else env.email_url_config(required("EMAIL_URL"))
EMAIL_BACKEND = EMAIL_BACKEND or EMAIL_CONFIG["EMAIL_BACKEND"].replace(
    "django.core.mail.backends.smtp", "outbox.channels.smtp"
)
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST") or ""
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="SAMMEN <sammen@example.org>")
SMS_URLS = [url.strip() for url in required("SMS_URLS").split(",") if url.strip()]
try:
    ANYMAIL = json_object("ANYMAIL", env.str("ANYMAIL", default=""))
    SMS_GATEWAYS = json_object("SMS_GATEWAYS", env.str("SMS_GATEWAYS", default=""))
    gateways(SMS_URLS, SMS_GATEWAYS)
    SMS_RECEIPTS = receipts_described(json_object("SMS_RECEIPTS", env.str("SMS_RECEIPTS", default="")))
except WrongSetting as wrong:
    raise ImproperlyConfigured(f"{wrong} See .env.example.") from wrong
# Receipts and answers of the gateway are signed with one of these; with none, they are refused.
SMS_WEBHOOK_SECRETS = env.list("SMS_WEBHOOK_SECRETS", default=[LOCAL["SECRET_KEY"]] if LOCAL else [])

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.NameForm"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no letter from us
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accounts.passwords.PasswordTokens"
PASSWORD_RESET_TIMEOUT = 24 * 3600
USER_SESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
# Tests read the sources: each of their browsers would look through what was collected once for a server.
STATIC_ROOT = BASE_DIR / ".local" / ("static-of-tests" if TESTING else "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # no upload is ever kept as a file
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_HSTS_SECONDS = 0 if DEBUG else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # limits count the visitor's network, not the proxy's
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
TEST_RUNNER = "django.test.runner.DiscoverRunner"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_links": {"()": "sammen.logs.WithoutLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_links"]}},
    # What these tell of a request may hold somebody's number. Our own log names rows.
    "loggers": {
        "apprise": {"handlers": [], "level": "WARNING", "propagate": False},
        "httpx": {"level": "WARNING"},
    },
    "root": {
        "handlers": ["console"],
        "level": env.str("LOG_LEVEL", default="WARNING" if TESTING else "INFO"),
    },
}
