"""What a server does before it starts: collect the files under names that say what is in them."""

import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import storages
from django.core.management import call_command


def test_every_file_is_found_and_named_by_its_content(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", "--no-input", "--ignore", "admin", verbosity=0)
    assert storages["staticfiles"] is not None
    assert staticfiles_storage.url("build/sammen.css") != "/static/build/sammen.css"
    style = next(tmp_path.glob("build/sammen.*.css")).read_text()
    fonts = re.findall(r'url\("?([^")]+woff2)"?\)', style)
    assert len(fonts) == 2
    assert all((tmp_path / "build" / font).resolve().exists() for font in fonts)
