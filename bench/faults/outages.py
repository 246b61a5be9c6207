"""2: providers that are down, slow, refuse one or all, or take a connection and say nothing."""

import time

from bench.faults.kills import workers
from bench.faults.machine import Machine
from bench.faults.promises import promised, states, wait_until_over
from bench.faults.provider import Servers
from bench.result import Result

EACH = 60  # messages
PATIENCE = 240.0


def outages(machine: Machine, servers: Servers) -> list[Result]:
    """One after another, with the same workers: each case ends with everything well again."""
    found: list[Result] = []
    with workers(machine, servers, 2, {}):
        found += [*down(machine, servers), *half_open(machine, servers), *slow(machine, servers)]
        found += [*one_refused(machine, servers), *all_refused(machine, servers)]
    return found


def over(machine: Machine, servers: Servers, name: str, most_doubles: int = 0) -> list[Result]:
    """After the outage: nothing lost, and no double that a provider did not accept in silence."""
    is_over = wait_until_over(machine, name, PATIENCE)
    times = servers.kept.times()
    stood = states(machine, name)
    lost = EACH - len({to for _key, to in times}) - stood["failed"]
    doubles = sum(count - 1 for count in times.values())
    note = f"{dict(stood)}" if is_over else f"not over in time: {dict(stood)}"
    return [
        Result(f"fault.{name}: lost", lost, "", 0, True, note),
        Result(f"fault.{name}: doubles", doubles, "", most_doubles, True, "with the same id" if doubles else ""),
    ]


def begin(machine: Machine, servers: Servers, name: str, channels: str = "email,sms") -> None:
    servers.kept.accepted.clear()
    promised(machine, name, EACH, channels=channels)


def hurry(machine: Machine, name: str) -> None:
    """What was put off is due now: the pauses between tries are tried with time passed in."""
    machine.rows("update outbox_message set due_at = now() where about = %s and state = 'queued'", f"fault:{name}")


def down(machine: Machine, servers: Servers) -> list[Result]:
    servers.down()
    begin(machine, servers, "down")
    time.sleep(15)
    waiting = states(machine, "down")["queued"]
    servers.up()
    hurry(machine, "down")
    return [Result("fault.down: still waiting meanwhile", waiting, "", EACH, False), *over(machine, servers, "down")]


def half_open(machine: Machine, servers: Servers) -> list[Result]:
    servers.half_open()
    begin(machine, servers, "half-open")
    time.sleep(45)
    waiting = EACH - states(machine, "half-open")["sent"]
    servers.up()
    hurry(machine, "half-open")
    found = over(machine, servers, "half-open")
    return [Result("fault.half-open: still waiting meanwhile", waiting, "", EACH, False), *found]


def slow(machine: Machine, servers: Servers) -> list[Result]:
    """30 s for an answer is longer than we wait: what was accepted meanwhile comes again, with the same id."""
    servers.kept.slow = 30.0
    begin(machine, servers, "slow")
    time.sleep(50)
    servers.kept.slow = 0.0
    time.sleep(35)
    hurry(machine, "slow")
    return over(machine, servers, "slow", most_doubles=EACH)


def one_refused(machine: Machine, servers: Servers) -> list[Result]:
    servers.kept.refused = "oneno3@example.org"
    begin(machine, servers, "oneno", channels="email")
    found = over(machine, servers, "oneno")
    servers.kept.refused = ""
    stood = states(machine, "oneno")
    return [*found, Result("fault.oneno: shown as failed", stood["failed"], "", 1, False, f"{stood['sent']} sent")]


def all_refused(machine: Machine, servers: Servers) -> list[Result]:
    """4xx is «later», 5xx is «never»: the first all arrive, the second are all shown as failed."""
    servers.kept.mail_says, servers.kept.sms_says = "451 try later", 503
    begin(machine, servers, "later")
    time.sleep(10)
    waiting = states(machine, "later")["queued"]
    servers.kept.mail_says, servers.kept.sms_says = "", 202
    hurry(machine, "later")
    found = [Result("fault.later: still waiting meanwhile", waiting, "", EACH, False), *over(machine, servers, "later")]
    servers.kept.mail_says, servers.kept.sms_says = "550 never", 400
    begin(machine, servers, "never")
    is_over = wait_until_over(machine, "never", PATIENCE)
    servers.kept.mail_says, servers.kept.sms_says = "", 202
    failed = states(machine, "never")["failed"] if is_over else 0
    return [*found, Result("fault.never: shown as failed", failed, "", EACH, False)]
