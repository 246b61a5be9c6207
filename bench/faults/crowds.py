"""4: two clocks and eight workers at once send nothing twice."""

from bench.faults.kills import counted, workers
from bench.faults.machine import Machine
from bench.faults.promises import promised, wait_until_over
from bench.faults.provider import Servers
from bench.result import Result


def crowd(machine: Machine, servers: Servers, messages: int) -> list[Result]:
    servers.kept.accepted.clear()
    with workers(machine, servers, 8, {}, beats=2):
        promised(machine, "crowd", messages, channels="email,sms")
        is_over = wait_until_over(machine, "crowd", 300)
    doubles = sum(count - 1 for count in servers.kept.times().values())
    note = "two clocks, eight workers" if is_over else "not over in time"
    return [
        *counted("crowd", machine, servers.kept, messages, note),
        Result("fault.crowd: doubles", doubles, "", 0, True),
    ]
