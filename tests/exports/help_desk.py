"""A django-helpdesk in memory: loads the fixtures that it is given, twice; sends every reply in a ticket.

Prints as JSON what was sent, by name, and the names that the page of the ticket offers.
"""

import json
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import include, path

CONTRIB = "admin auth contenttypes humanize messages sessions sites".split()

settings.configure(
    INSTALLED_APPS=[*(f"django.contrib.{name}" for name in CONTRIB), "rest_framework", "helpdesk"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    HELPDESK_TEAMS_MODE_ENABLED=False,
    ROOT_URLCONF=__name__,
    SECRET_KEY="x",
    SITE_ID=1,
    USE_TZ=True,
    STATIC_URL="/static/",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    ALLOWED_HOSTS=["*"],
)
django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from helpdesk.models import FollowUp, PreSetReply, Queue, Ticket  # noqa: E402
from helpdesk.update_ticket import update_ticket  # noqa: E402

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("helpdesk.urls", namespace="helpdesk")),
]

call_command("migrate", verbosity=0)
for fixture in sys.argv[1:] * 2:
    call_command("loaddata", fixture, verbosity=0)
agent = User.objects.create_superuser("agent")
ticket = Ticket.objects.create(title="t", queue=Queue.objects.create(title="q", slug="q"))
client = Client()
client.force_login(agent)
replies = list(PreSetReply.objects.all())
page = client.get(f"/tickets/{ticket.pk}/").content.decode()
sent = {}
for reply in replies:
    body = client.get("/raw/preset/", {"id": reply.pk}).content.decode()
    update_ticket(agent, ticket, comment=body)
    sent[reply.name] = FollowUp.objects.latest("pk").comment
print(json.dumps({"sent": sent, "offered": [reply.name for reply in replies if reply.name in page]}))
