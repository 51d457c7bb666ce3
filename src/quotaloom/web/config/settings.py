"""Settings of the web application, from the environment; a plan's parameters are never here."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from quotaloom.web.accounts.providers import providers
from quotaloom.web.config.database import database
from quotaloom.web.config.env import env_bool, env_int, env_list, env_secret, env_text, env_time
from quotaloom.web.config.safety import refuse_unsafe
from quotaloom.web.config.secret import secret_key

HERE = Path(__file__).resolve().parent.parent
HOME = Path(env_text("HOME", "quotaloom-data")).resolve()
DEMO = env_bool("DEMO")
DEBUG = env_bool("DEBUG")
BEHIND_TLS = env_bool("BEHIND_TLS")
SECRET_KEY = secret_key(env_secret("SECRET_KEY"), HOME)
ALLOWED_HOSTS = env_list("HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("ORIGINS")
TIME_ZONE = env_text("TIME_ZONE", "Asia/Shanghai")
UPDATE_DEADLINE = env_time("UPDATE_DEADLINE", "17:00")  # of records, in the company's zone
UPDATE_REMINDER = env_time("UPDATE_REMINDER", "16:30")
refuse_unsafe(demo=DEMO, debug=DEBUG, hosts=ALLOWED_HOSTS, time_zone=TIME_ZONE)

INSTALLED_APPS = [
    "quotaloom.web.config",
    "quotaloom.web.api",
    "quotaloom.web.cockpit",
    "quotaloom.web.versions",
    "quotaloom.web.exchange",
    "quotaloom.web.desk",
    "quotaloom.web.colleagues",
    "quotaloom.web.plans",
    "quotaloom.web.journals",
    "quotaloom.web.registers",
    "quotaloom.web.data",
    "quotaloom.web.org",
    "quotaloom.web.jobs",
    "quotaloom.web.audit",
    "quotaloom.web.accounts",
    "quotaloom.web.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.feishu",
    "allauth.socialaccount.providers.dingtalk",
    "quotaloom.web.accounts.wecom",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "quotaloom.web.ui.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "quotaloom.web.ui.language.ChosenLanguage",
    "quotaloom.web.accounts.departure.Departure",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "quotaloom.web.org.access_view_as.ViewAs",
    "quotaloom.web.ui.policy.PolicyMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "quotaloom.web.ui.frame.frame",
            ],
        },
    }
]
ROOT_URLCONF = "quotaloom.web.config.urls"
WSGI_APPLICATION = "quotaloom.web.config.wsgi.application"
DATABASES = {"default": database(env_secret("DB"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "quotaloom.web.accounts.login.Adapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": False, "login": False}  # lock-out is in the database
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, at the latest by its age
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("PROXIES", int(BEHIND_TLS))
MFA_ADAPTER = "quotaloom.web.accounts.mfa.Adapter"
MFA_FORMS = {
    "authenticate": "quotaloom.web.accounts.mfa.Authenticate",
    "reauthenticate": "quotaloom.web.accounts.mfa.Reauthenticate",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "QuotaLoom 织标"
CONTACT = env_text("CONTACT")  # who helps where signing in fails
SOCIALACCOUNT_ADAPTER = "quotaloom.web.accounts.social.Adapter"
SOCIALACCOUNT_PROVIDERS = providers(env_text, env_secret, env_list("OIDC"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_AGE = env_int("SESSION_HOURS", 12) * 3600
SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # asked on the machine itself
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "quotaloom.web.ui.views.csrf_failure"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "quotaloom.web.ui.storage.Storage"
    },
}
MEDIA_ROOT = HOME / "uploads"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
MOST_UPLOAD_BYTES = env_int("MOST_UPLOAD_MB", 200) * 2**20

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {  # shared by all processes: failed sign-ins are counted once, not once a process
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
    },
    "seen": {  # what was seen in uploaded files
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache/seen",
        "TIMEOUT": 7 * 24 * 3600,
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django_tasks_db": {"level": "ERROR"}},
}
