"""Celery on a machine whose clock is off by CLOCK_OFF seconds, and whose beat sweeps each FAULT_BEAT seconds:
`python -m bench.faults.timed -A sammen worker …`."""

import os
import sys
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import time_machine
from celery.__main__ import main

from sammen.celery import app

if __name__ == "__main__":
    off = timedelta(seconds=float(os.environ.get("CLOCK_OFF") or 0))
    every = float(os.environ.get("FAULT_BEAT") or 0)
    if every:
        app.conf.beat_schedule["sweep the outbox"]["schedule"] = every
    sys.argv[0] = "celery"
    with time_machine.travel(datetime.now(UTC) + off, tick=True) if off else nullcontext():
        main()
