"""4: machines' clocks an hour off in both directions; nights in which the clock is moved; the leap day."""

import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time

from bench.faults.asked import asked
from bench.faults.kills import workers
from bench.faults.machine import Machine
from bench.faults.promises import promised, states, wait_until_over
from bench.faults.provider import Servers
from bench.result import Result
from outbox.rules.quiet_hours import OSLO

HOUR = 3600.0
EACH = 200  # messages
SWEEPS = 25.0  # seconds: more than two beats of each clock
LATE = timedelta(minutes=5, seconds=30)  # a step of the time passed in, and what the sending takes
DAYS = ("2027-03-28", "2027-10-31", "2028-02-29")


def clocks(machine: Machine, servers: Servers) -> list[Result]:
    return [*off(machine, servers), *(result for day in DAYS for result in night(machine, servers, day))]


def off(machine: Machine, servers: Servers) -> list[Result]:
    """Four workers and a beat that are an hour ahead, four and a beat an hour behind. Promised are, from machines that
    are right, ahead and behind: what is due now, and what is due in half an hour, which may not go."""
    servers.kept.accepted.clear()
    names = {"right": 0.0, "ahead": HOUR, "behind": -HOUR}
    with ExitStack() as stack:
        for seconds in (HOUR, -HOUR):
            stack.enter_context(workers(machine, servers, 4, {}, off=seconds))
        for name, seconds in names.items():
            promised(machine, f"{name}early", EACH // 4, channels="email,sms", off=seconds, wait=HOUR / 2)
            promised(machine, name, EACH, channels="email,sms", off=seconds)
        late = sum(not wait_until_over(machine, name, 120) for name in names)
        time.sleep(SWEEPS)
        stood = [states(machine, name) for name in names]
        early = [states(machine, f"{name}early") for name in names]
    times = servers.kept.times()
    lost = sum(EACH - each["sent"] - each["queued"] - each["sending"] for each in stood)
    waiting = sum(each["queued"] + each["sending"] for each in stood)
    machine.rows("update outbox_message set state = 'cancelled' where about like 'fault:%%early' and state = 'queued'")
    note = "two beats, eight workers, an hour ahead and an hour behind"
    return [
        Result("fault.clocks: lost", lost, "", 0, True, note),
        Result("fault.clocks: doubles", sum(count - 1 for count in times.values()), "", 0, True),
        Result("fault.clocks: early", sum(each["sent"] + each["sending"] for each in early), "", 0, True),
        Result(
            "fault.clocks: late",
            waiting,
            "",
            0,
            True,
            f"{late} of {len(names)} not over in two minutes" if late else "",
        ),
    ]


def night(machine: Machine, servers: Servers, day: str) -> list[Result]:
    """Nothing twice, early or late around this day."""
    servers.kept.accepted.clear()
    rows = asked(machine, servers, "inside_nights", f"live_through({day!r}, 3)")
    times = servers.kept.times()
    early = late = 0
    for _name, due, passes, state, at in rows:
        wanted = expected(datetime.fromisoformat(due), passes=passes)
        moment = datetime.fromisoformat(at) if at else None
        early += state == "sent" and moment is not None and moment < wanted
        late += state == "sent" and moment is not None and moment > wanted + LATE
    lost = sum(state != "sent" for _name, _due, _passes, state, _at in rows)
    wrong_hour = sum(name.startswith("reminder") and at[11:13] != "16" for name, _due, _passes, _state, at in rows)
    return [
        Result(f"fault.clocks {day}: lost", lost, "", 0, True, f"{len(rows)} messages, four workers at once"),
        Result(f"fault.clocks {day}: doubles", sum(count - 1 for count in times.values()), "", 0, True),
        Result(f"fault.clocks {day}: early", early, "", 0, True),
        Result(f"fault.clocks {day}: late", late + wrong_hour, "", 0, True),
    ]


def expected(due: datetime, *, passes: bool) -> datetime:
    """When it has to go: at once, or at eight in the morning by the clock on the wall when it may not at night."""
    local = due.astimezone(OSLO)
    if passes or 8 <= local.hour < 21:
        return due
    day = local.date() + timedelta(days=local.hour >= 21)
    return datetime.combine(day, wall_time(8), tzinfo=OSLO).astimezone(UTC)
