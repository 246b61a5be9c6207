"""What tests need beside packages: front-end files and translations."""

from pathlib import Path

from sammen.local import frontend, translations

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    frontend.prepare(ROOT)
    translations.prepare(ROOT)
