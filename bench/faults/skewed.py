"""Celery on a machine whose clock is off by CLOCK_OFF seconds: `python -m bench.faults.skewed -A sammen worker …`."""

import os
import sys
from datetime import UTC, datetime, timedelta

import time_machine
from celery.__main__ import main

if __name__ == "__main__":
    off = timedelta(seconds=float(os.environ.get("CLOCK_OFF") or 0))
    sys.argv[0] = "celery"
    with time_machine.travel(datetime.now(UTC) + off, tick=True):
        main()
