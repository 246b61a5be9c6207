"""make run: the steps, then web, worker, clock and sink until Ctrl-C or SIGTERM."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from sammen.local import children, frontend, translations
from sammen.local.environment import fingerprint, quietly, say, step
from sammen.local.places import home
from sammen.local.preflight import (
    Trouble,
    end_what_a_killed_run_left,
    only_run,
    refuse_a_taken_port,
    wanted_port,
    writable_folder,
)
from sammen.local.services import needed, running

ROOT = Path(__file__).resolve().parents[2]
LOGS = ROOT / ".local" / "log"
LONGEST_START = 60  # seconds until the web server answers


class Stopped(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal."""


def on_signal(number: int, frame: FrameType | None) -> None:
    """Stop in order; further signals change nothing, for each part has its time limit."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, heard_already)
    raise Stopped


def heard_already(number: int, frame: FrameType | None) -> None:
    """Nothing. Not SIG_IGN: of a second signal on its way (a killed make sends two) Python would print a traceback."""


def manage(step: str, sentence: str, *words: str) -> None:
    """One command of manage.py as a step."""
    began = time.monotonic()
    quietly([sys.executable, "manage.py", *words], LOGS / f"{words[0]}.log", sentence)
    say(step, f"done in {time.monotonic() - began:.1f} s")


def fill(name: str, sentence: str, command: str, mark: str) -> None:
    """A command that fills the database: not again where the stamp beside our own database bears this mark."""
    if not needed():  # somebody else's database: what stands in it is not known here
        manage(name, sentence, command)
        return
    words = [sys.executable, "manage.py", command]
    step(name, home(ROOT) / "stamps" / command, mark, lambda: quietly(words, LOGS / f"{command}.log", sentence))


class Run:
    """The processes of one run, and how they are stopped: first who gives work, last who receives it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.site = f"http://localhost:{port}"
        self.environment = {"SITE_URL": self.site, **os.environ, "PYTHONUNBUFFERED": "1"}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *words: str) -> None:
        with (LOGS / f"{name}.log").open("wb") as log:
            self.processes[name] = children.start(
                [sys.executable, "-m", *words], folder=ROOT, log=log, environment=self.environment
            )
        self.note()

    def note(self) -> None:
        """Who they are, for the next start should this one be killed."""
        started = {}
        for process in self.processes.values():
            try:
                started[process.pid] = int(Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[19])
            except OSError:
                continue
        (ROOT / ".local" / "children.json").write_text(json.dumps(started))

    def start_sink(self) -> None:
        """The local mail server and SMS gateway; mail and SMS go nowhere else unless the environment says so."""
        note = ROOT / ".local" / "sink.json"
        note.unlink(missing_ok=True)
        receipts = f"http://127.0.0.1:{self.port}/sms/kvittering/"
        self.start("sink", "sammen.local.sink", str(ROOT), str(self.port), receipts)
        if not children.wait_for(lambda: note.exists() or self.ended() is not None, 20) or not note.exists():
            raise Trouble(self.told_by("sink"))
        ports = json.loads(note.read_text())
        self.environment.setdefault("EMAIL_URL", f"smtp://127.0.0.1:{ports['smtp']}")
        self.environment.setdefault("SMS_URLS", f"http://127.0.0.1:{ports['sms']}/sms")

    def start_all(self) -> None:
        self.start_sink()
        self.start(
            "web",
            *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", "2", "--blocking-threads", "4", "--no-ws", "sammen.wsgi:application"),
        )
        self.start("worker", "celery", "-A", "sammen", "worker", "--concurrency", "2", "--loglevel", "INFO")
        schedule = ROOT / ".local" / "beat" / "schedule"
        schedule.parent.mkdir(mode=0o700, exist_ok=True)
        self.start(
            "beat", "celery", "-A", "sammen", "beat", "--loglevel", "INFO", "--schedule", str(schedule), "--pidfile="
        )

    def ended(self) -> str | None:
        """The name of a process that is no longer there."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), None)

    def told_by(self, name: str) -> str:
        """The last lines of a process that ended by itself."""
        last = (LOGS / f"{name}.log").read_text(errors="replace").strip().splitlines()[-12:]
        return "\n".join(
            [*last, f"The process {name} has ended, so everything is stopped. Its log: .local/log/{name}.log"]
        )

    def answers(self) -> bool:
        """Whether the web server answers, healthy or not; Trouble when a process is gone."""
        gone = self.ended()
        if gone is not None:
            raise Trouble(self.told_by(gone))
        caller = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            caller.request("GET", "/healthz")
            caller.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            caller.close()
        return True

    def watch(self) -> None:
        """Until something ends. A signal ends it by Stopped."""
        while (gone := self.ended()) is None:
            time.sleep(0.5)
        raise Trouble(self.told_by(gone))

    def stop(self) -> None:
        for name in ("beat", "worker", "web", "sink"):
            if name in self.processes:
                children.stop(self.processes[name])
        (ROOT / ".local" / "children.json").unlink(missing_ok=True)


def log_ins(run: Run) -> str:
    """What `demo_logins` says; started while the web server is on its way up."""
    told = subprocess.run(
        [sys.executable, "manage.py", "demo_logins"],
        cwd=ROOT,
        env=run.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() if told.returncode == 0 else ""


def up(port: int, began: float) -> None:
    """Start everything and stay; leaving this function, by whatever way, stops what was started."""
    with ExitStack() as stack:
        frontend.prepare(ROOT)
        before = time.monotonic()
        stack.enter_context(running(ROOT))
        say("Database", f"up in {time.monotonic() - before:.1f} s")
        manage("Migrations", "The database could not be migrated.", "migrate", "--database=owner", "--no-input")
        translations.prepare(ROOT)
        library = [*(ROOT / "planning" / "data").glob("*.json"), ROOT / "planning" / "services" / "library.py"]
        fill("Library", "The national library could not be loaded.", "load_library", fingerprint(library))
        fill("Demo data", "The demo data could not be made.", "make_demo", "made once")
        run = Run(port)
        stack.callback(run.stop)
        run.start_all()
        people = log_ins(run)
        if not children.wait_for(run.answers, LONGEST_START, pause=0.1):
            raise Trouble("The web server does not answer. Its log: .local/log/web.log")
        sys.stdout.write(
            f"\nSAMMEN is ready at {run.site} after {time.monotonic() - began:.0f} s.\n\n{people}\n\n"
            f"Where a family signs itself up: {run.site}/k/9901/bli-med/\n"
            f"What would have been sent, by e-mail and SMS: {run.site}/demo/innboks/\n"
            "Logs are in .local/log/. Ctrl-C stops everything.\n"
        )
        sys.stdout.flush()
        run.watch()


def main() -> int:
    began = time.monotonic()
    writable_folder(ROOT)
    port = wanted_port()
    lock = only_run(ROOT)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    try:
        if os.environ.get("MAKELEVEL"):
            children.end_with_our_own_parent(signal.SIGTERM)  # a killed make must not leave us behind
        end_what_a_killed_run_left(ROOT)
        refuse_a_taken_port(port)
        os.pwrite(lock, f"http://localhost:{port}".encode(), 0)
        up(port, began)
    except Stopped:
        sys.stdout.write("\nStopped.\n")
    except OSError as error:
        raise Trouble(f"SAMMEN could not be started: {error}.") from error
    return 0


if __name__ == "__main__":
    sys.exit(main())
