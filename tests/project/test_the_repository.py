"""The repository itself keeps its promises."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "misc", "base"}


def committed(*endings: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [ROOT / name for name in listed if name.endswith(endings) and (ROOT / name).exists()]


def test_no_file_is_longer_than_500_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in committed(".py", ".html", ".css", ".js")
        if "migrations" not in path.parts and (count := len(path.read_text().splitlines())) > 500
    }
    assert long == {}


def test_the_median_module_is_short() -> None:
    lengths = sorted(
        len(path.read_text().splitlines())
        for path in committed(".py")
        if "migrations" not in path.parts and path.stat().st_size
    )
    assert lengths[len(lengths) // 2] < 80


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in committed(".py") if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_the_example_of_the_environment_names_what_settings_read() -> None:
    settings = (ROOT / "sammen" / "settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|required|database)\(\s*"([A-Z_]+)"', settings))
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.M))
    assert example == read


def test_the_readme_is_short_and_its_commands_exist() -> None:
    readme = (ROOT / "README.md").read_text()
    assert len(readme.splitlines()) < 80
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), flags=re.M))
    assert set(re.findall(r"make ([a-z0-9]+)", readme)) <= targets
    for image in re.findall(r"\]\(([\w/.-]+\.png)\)", readme):
        assert (ROOT / image).exists(), image


def test_no_third_party_file_and_no_address_of_a_registry_is_committed() -> None:
    assert list(committed(".woff2", ".min.js", ".min.css")) == []
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
    for path in committed("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        assert "http" not in re.sub(r"http(core|x)", "", path.read_text()), path
