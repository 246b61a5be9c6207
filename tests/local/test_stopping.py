"""However a run ends, nothing of it stays, and the next start is clean. (SIGTERM: see test_make_run.)"""

import json
import os
import signal
import time
import urllib.request

import pytest

from tests.local.copies import Copy, free_port

READY = "Ctrl-C stops everything."


def number_of(copy: Copy, words: str) -> int:
    """The pid of the first process that was started with these words; waits for it."""
    end = time.monotonic() + 20
    while not (found := [pid for (pid, _), command in copy.alive().items() if words in command]):
        assert time.monotonic() < end, f"no process {words}"
        time.sleep(0.02)
    return min(found)


def test_after_kill_9_the_next_start_is_clean_and_ctrl_c_ends_it(quiet: Copy) -> None:
    port = free_port()
    with quiet.start("make", "run", PORT=str(port)) as killed:
        killed.wait_for(READY)
        before = quiet.alive()
        parts = " ".join(before.values())
        for part in ("sammen.local.sink", "granian", "celery -A sammen worker", "celery -A sammen beat", "postgres"):
            assert part in parts
        os.kill(number_of(quiet, "-m sammen.local.launch"), signal.SIGKILL)
        os.kill(killed.pid, signal.SIGKILL)

        with quiet.start("make", "run", terminal=True, PORT=str(port)) as program:
            program.wait_for(READY)
            assert not before.keys() & quiet.alive().keys()
            with urllib.request.urlopen(f"http://localhost:{port}/readyz", timeout=20) as answer:
                assert json.load(answer)["ready"] is True
            program.press_ctrl_c()
            assert program.end() in (0, -signal.SIGINT)  # make itself ends by the signal
            quiet.is_quiet()
            assert program.said.endswith("\nStopped.\n")
            assert program.erred == ""
            assert not (quiet.root / ".local" / "children.json").exists()


@pytest.mark.parametrize("how", ["terminal closed", "make killed"])
def test_a_run_that_is_ended_on_its_way_up_leaves_nothing(quiet: Copy, how: str) -> None:
    with quiet.start("make", "run", terminal=True, PORT=str(free_port())) as program:
        program.wait_for("  Database ")
        if how == "terminal closed":
            program.signal_all(signal.SIGHUP)  # what a shell sends to its jobs
        else:
            program.process.kill()
        program.end()
        quiet.is_quiet(20)
        assert program.said.endswith("\nStopped.\n")
        assert program.erred == ""


def test_when_one_part_dies_all_stop_and_it_is_told(quiet: Copy) -> None:
    with quiet.start("make", "run", PORT=str(free_port())) as program:
        program.wait_for("  Demo data ")
        os.kill(number_of(quiet, "celery -A sammen beat"), signal.SIGKILL)
        assert program.end() > 0
        quiet.is_quiet()
        assert "The process beat has ended, so everything is stopped. Its log: .local/log/beat.log" in program.erred
        assert "Traceback" not in program.erred
        assert "is ready" not in program.said
