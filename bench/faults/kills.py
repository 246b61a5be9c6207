"""1 and 5: workers killed with SIGKILL at each point between the claim and «sent»; a message that kills them all."""

import json
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.faults.machine import Machine, program
from bench.faults.plan import ACCEPTED, POINTS
from bench.faults.promises import promised, states, wait_until_over
from bench.faults.provider import Provider, Servers
from bench.result import Result

RESCUE = 120.0  # seconds


@contextmanager
def workers(
    machine: Machine, servers: Servers, count: int, plan: dict[str, str], beats: int = 1, off: float = 0
) -> Iterator[Path]:
    """Real workers and beats that die by this plan, on machines whose clock is `off` by so many seconds; gives the
    folder in which they tell of it."""
    folder = machine.root / f"plan-{random.getrandbits(32):08x}"
    (folder / "done").mkdir(parents=True)
    (folder / "plan.json").write_text(json.dumps(plan or {"nobody": "never"}))
    environment = {**machine.environment, **servers.environment, "FAULT_PLAN": str(folder), "CLOCK_OFF": str(off)}
    log = machine.root / ".local" / "log" / "workers.log"
    celery = "bench.faults.timed" if off or "FAULT_BEAT" in environment else "celery"
    with ExitStack() as stack:
        for number in range(beats):
            words = (celery, "-A", "sammen", "beat", "-l", "ERROR", "--schedule", str(folder / f"beat{number}"))
            stack.enter_context(program(environment, *words, "--pidfile", "", log=log))
        words = (celery, "-A", "sammen", "worker", "-l", "ERROR", "--include", "bench.faults.points")
        name = f"{folder.name}@%h"
        stack.enter_context(program(environment, *words, "--hostname", name, "--concurrency", str(count), log=log))
        yield folder


def kills(machine: Machine, servers: Servers, messages: int, kills: int) -> list[Result]:
    """`kills` of `messages` take their worker along, each at one point in turn."""
    kept = servers.kept
    kept.accepted.clear()
    chosen = random.Random(1).sample(range(messages), kills)
    plan = {f"fault:kill:{number}": POINTS[n % len(POINTS)] for n, number in enumerate(chosen)}
    with workers(machine, servers, 4, plan) as folder:
        promised(machine, "kill", messages, channels="email,sms")
        over = wait_until_over(machine, "kill", 900)
        told = [json.loads(path.read_text()) for path in (folder / "done").iterdir()]
    stood = states(machine, "kill")
    note = f"{len(told)} kills of {kills}, {dict(stood)}"
    found = counted("kill", machine, kept, messages, note if over else f"not over in time, {note}")
    return [*found, *honest(machine, kept), rescued(told, machine)]


def counted(name: str, machine: Machine, kept: Provider, messages: int, note: str = "") -> list[Result]:
    """Lost: neither accepted by a provider nor shown as failed."""
    times = kept.times()
    failed = states(machine, name)["failed"]
    arrived = len({to for _key, to in times})
    return [
        Result(f"fault.{name}: lost", messages - arrived - failed, "", 0, True, note),
        Result(f"fault.{name}: set aside or failed", failed, "", 0, True),
    ]


def honest(machine: Machine, kept: Provider) -> list[Result]:
    """A double is allowed where a worker died over the message, and only with the same key both times."""
    times = kept.times()
    doubles = {key for (key, _to), count in times.items() if count > 1}
    keys_of: dict[str, set[str]] = {}
    for each in kept.accepted:
        keys_of.setdefault(each.to, set()).add(each.key)
    asked = "select address from outbox_message where about = 'fault:kill' and crashes = 0"
    untouched = {address for (address,) in machine.rows(asked)}
    wrong = [to for (key, to), count in times.items() if count > 1 and to in untouched]
    return [
        Result(
            "fault.kill: doubles", len(doubles), "", 200, True, "accepted, and the worker killed before it was written"
        ),
        Result("fault.kill: doubles without a killed worker", len(wrong), "", 0, True),
        Result("fault.kill: one promise under two ids", sum(len(keys) > 1 for keys in keys_of.values()), "", 0, True),
    ]


def rescued(told: list[dict[str, Any]], machine: Machine) -> Result:
    """Seconds from a kill to the hand-over of every message that the worker held, the longest of all.

    Of a message whose next worker was killed as well, from the last of these kills; the note tells it from the first.
    """
    asked = "select key, extract(epoch from sent_at) from outbox_message where about = 'fault:kill'"
    sent = {key: float(at) for key, at in machine.rows(asked) if at}
    kills: dict[str, list[float]] = {}
    for each in told:
        for key in {*each["held"], each["key"]} & sent.keys():
            if each["at"] < sent[key]:
                kills.setdefault(key, []).append(each["at"])
    waits = [sent[key] - max(moments) for key, moments in kills.items()]
    from_first = max((sent[key] - min(moments) for key, moments in kills.items()), default=0.0)
    often = max(map(len, kills.values()), default=0)
    by_accepted = sum(each["point"] in ACCEPTED for each in told)
    note = (
        f"{len(waits)} rescued, {by_accepted} kills after the provider had accepted; {from_first:.0f} s from the first"
        f" of up to {often} kills of one message"
    )
    return Result("fault.kill: slowest rescue", max(waits, default=0.0), "s", RESCUE, True, note)


def poison(machine: Machine, servers: Servers) -> list[Result]:
    """One that kills whoever looks at it is set aside after three tries; the others go."""
    servers.kept.accepted.clear()
    with workers(machine, servers, 2, {}):
        promised(machine, "poison", 1, kind="poison")
        promised(machine, "poisonother", 100)
        others = wait_until_over(machine, "poisonother", 400)
        over = wait_until_over(machine, "poison", 400)
    asked = "select state, crashes from outbox_message where about = 'fault:poison'"
    [(state, crashes)] = machine.rows(asked)
    arrived = len({to for _key, to in servers.kept.times()})
    return [
        Result(
            "fault.poison: set aside", float(state == "failed" and over), "", 1, False, f"{state} after {crashes} tries"
        ),
        Result("fault.poison: tries", crashes, "", 3, True),
        Result("fault.poison: others lost", 100 - arrived if others else 100, "", 0, True),
    ]
