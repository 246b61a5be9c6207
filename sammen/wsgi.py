"""The web server's way in: `granian --interface wsgi sammen.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sammen.settings")
application = get_wsgi_application()

# What is loaded by now stays for good: a full collection need not walk through it (0.1 s in the midst of a request).
gc.collect()
gc.freeze()
