"""Runs PROGRAM ARGUMENTS… and ends it, with all it started, when whoever started it is gone: its standard input is then
closed. It must be the leader of its process group."""

import os
import runpy
import signal
import sys
import threading


def end_with_starter():
    # Not through sys.stdin: Python aborts at its end when another thread still reads from it.
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=end_with_starter, daemon=True).start()
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
