"""make forget: the local database, broker and received messages go; the next start makes new ones."""

import os
import shutil
import sys
from pathlib import Path

from sammen.local.places import home, run_folder
from sammen.local.preflight import only_run, writable_folder
from sammen.local.services import free

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    kept = writable_folder(ROOT)
    os.close(only_run(ROOT))
    if (kept / "lock" / "users").exists() and not free(kept / "lock" / "keeper"):
        sys.exit("A command of this folder still uses the database: end it first.")
    places = [run_folder(ROOT), home(ROOT) / "postgres", home(ROOT) / "postgres.new"]
    if home(ROOT) != kept:
        places.append(home(ROOT))
    for name in ("valkey", "inbox", "secret", "children.json", "sink.json"):
        places.append(kept / name)
    for name in ("stamps/translations", "stamps/load_library", "stamps/make_demo"):
        places.append(kept / name)
    for place in places:
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
