"""`make forget` takes what says that the database is filled along with the database."""

from pathlib import Path

import pytest

from sammen.local import forget, launch
from sammen.local.places import home


def test_a_forgotten_database_is_filled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (forget, launch):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(launch, "LOGS", tmp_path)
    monkeypatch.setattr(launch, "needed", lambda: True)
    done: list[str] = []
    monkeypatch.setattr(launch, "quietly", lambda words, log, sentence: done.append(words[-1]))
    for _start in range(2):
        launch.fill("Demo data", "It could not be made.", "make_demo", "made once")
        launch.fill("Library", "It could not be loaded.", "load_library", "mark of today")
    assert done == ["make_demo", "load_library"]
    launch.fill("Library", "It could not be loaded.", "load_library", "mark of tomorrow")
    assert done[2:] == ["load_library"]
    assert home(tmp_path).exists()
    forget.main()
    launch.fill("Demo data", "It could not be made.", "make_demo", "made once")
    assert done[3:] == ["make_demo"]


def test_a_database_of_somebody_elses_is_asked_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "LOGS", tmp_path)
    monkeypatch.setattr(launch, "needed", lambda: False)
    done: list[str] = []
    monkeypatch.setattr(launch, "quietly", lambda words, log, sentence: done.append(words[-1]))
    for _start in range(2):
        launch.fill("Demo data", "It could not be made.", "make_demo", "made once")
    assert done == ["make_demo", "make_demo"]
