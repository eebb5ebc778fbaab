"""A site of Django with its own login page, its sessions and its guard against forged requests."""

import os
import socketserver
import sys
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
from django.conf import settings

PORT = int(os.environ["PORT"])

settings.configure(
    SECRET_KEY="fake-django-key-for-tests",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE"]}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": ["django.template.context_processors.request"],
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {
                            "login.html": "<title>Log in</title><form method=post>"
                            "{% csrf_token %}{{ form.as_p }}<button>Log in</button></form>"
                        },
                    )
                ],
            },
        }
    ],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    SESSION_COOKIE_AGE=int(os.environ["SESSION_SECONDS"]),
    LOGIN_URL="/login/",
    LOGIN_REDIRECT_URL="/me/",
)
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.contrib.auth.views import LoginView  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


@login_required
def me(request):
    return JsonResponse({"name": request.user.get_username(), "method": request.method})


def revoke(request):
    """Ends every session, as an administrator would."""
    Session.objects.all().delete()
    return JsonResponse({})


urlpatterns = [
    path("login/", LoginView.as_view(template_name="login.html")),
    path("me/", me),
    path("revoke/", revoke),
]


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    get_user_model().objects.create_user(os.environ["NAME"], password=os.environ["PASSWORD"])
    server = Server(("127.0.0.1", PORT), Quiet)
    server.set_app(get_wsgi_application())
    sys.stdout.flush()
    server.serve_forever()
