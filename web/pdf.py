"""A PDF that everybody can read: tagged, titled, with its language (PDF/UA-1), the same on every server."""

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

PLACE = Path(settings.BASE_DIR) / "templates" / "pdf"


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """The file `templates/pdf/<template>` with this data, as bytes.

    Data goes in beside the source, as JSON: whatever somebody is called, it is text and never markup. Only the fonts
    that the library brings are used, so that no machine draws it otherwise.
    """
    made = typst.compile(
        str(PLACE / template),
        root=str(PLACE),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(made, bytes)  # noqa: S101 - one file, for the type checker
    return made
