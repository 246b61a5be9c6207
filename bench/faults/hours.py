"""2: both providers away for 72 hours. What is still of use goes out after; the rest stands on a start page in time."""

from collections import Counter
from datetime import datetime, timedelta

from bench.faults.asked import asked
from bench.faults.machine import Machine
from bench.faults.provider import Servers
from bench.result import Result

AWAY = 72
OVER = (30, 53)  # hours after noon on Monday: these gatherings begin meanwhile
AFTER = 149  # this one begins on Sunday


def hours(machine: Machine, servers: Servers) -> list[Result]:
    servers.kept.accepted.clear()
    servers.down()
    made = asked(machine, servers, "inside_hours", f"promise_gatherings({[*OVER, AFTER]})")
    *over, after = made["gatherings"]
    noon = datetime.fromisoformat(made["noon"])
    told = asked(machine, servers, "inside_hours", f"live({made['noon']!r}, {AWAY}, {over})")
    servers.up()
    back = noon + timedelta(hours=AWAY)
    asked(machine, servers, "inside_hours", f"live({back.isoformat()!r}, {AFTER - AWAY + 2}, [])")
    stood = asked(machine, servers, "inside_hours", f"stand({made['gatherings']})")
    relevant = Counter(
        state for about, _kind, channel, state in stood if about == f"gathering:{after}" and channel != "call"
    )
    of_past = Counter(
        state for about, _kind, channel, state in stood if about != f"gathering:{after}" and channel != "call"
    )
    waits = dict(zip(map(str, over), OVER, strict=True))
    ahead = [waits[pk] - (datetime.fromisoformat(at) - noon) / timedelta(hours=1) for pk, at in told.items()]
    doubles = sum(count - 1 for count in servers.kept.times().values())
    return [
        Result(
            "fault.hours: lost", sum(relevant.values()) - relevant["sent"], "", 0, True, f"of use: {dict(relevant)}"
        ),
        Result("fault.hours: doubles", doubles, "", 0, True),
        Result("fault.hours: late", of_past["sent"], "", 0, True, f"about what had begun: {dict(of_past)}"),
        Result(
            "fault.hours: gatherings told of in time",
            sum(hour > 0 for hour in ahead),
            "",
            len(OVER),
            False,
            f"on the coordinator's start page {', '.join(f'{hour:.0f}' for hour in ahead)} h before they begin",
        ),
    ]
