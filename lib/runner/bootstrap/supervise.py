"""Supervises one program on the machine it runs on: a sandbox here, or an instance of its own.

Standard input brings the order, one line of JSON, and later perhaps the line "stop". Descriptor 4 takes reports, one
line of JSON each. The program gets its argument list as it is, no shell in between, an identity of its own, limits,
and an end: its own, a stop, or the deadline, which holds also when whoever watches from outside is gone.
"""

import ctypes
import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import threading
import time

REPORT_FD = 4
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
CAPABILITIES_V3 = 0x20080522
PROXY_PORT = 3128


def report(**members):
    os.write(REPORT_FD, (json.dumps(members) + "\n").encode())


def harden():
    """Nobody of the same user may read this process's memory or descriptors, or trace it; nothing is handed down."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_V3, 0)
    # Effective, permitted, inheritable, twice 32 of each.
    sets = (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets) == 0:
        sets[2] = sets[5] = 0
        libc.capset(header, sets)


def limit(limits):
    def set_limits():
        for name, value in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, limits["openFiles"]),
            (resource.RLIMIT_NPROC, limits["processes"]),
            (resource.RLIMIT_FSIZE, limits["fileBytes"]),
            (resource.RLIMIT_DATA, limits["dataBytes"]),
        ):
            _, hard = resource.getrlimit(name)
            most = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(name, (most, most))
        os.umask(0o022)

    return set_limits


def start(order):
    identity = {}
    if order["uid"] is not None:
        identity = {"user": order["uid"], "group": order["uid"], "extra_groups": []}
    return subprocess.Popen(
        order["argv"],
        cwd=order["cwd"],
        env=order["env"],
        stdin=subprocess.DEVNULL,
        # One stream keeps the order in which things were said.
        stderr=subprocess.STDOUT,
        close_fds=True,
        start_new_session=True,
        preexec_fn=limit(order["limits"]),
        **identity,
    )


def others():
    """Everything that lives in this sandbox beside its first process and this one."""
    mine = os.getpid()
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in (1, mine)]


def signal_all(number):
    for pid in others():
        try:
            os.kill(pid, number)
        except OSError:
            pass


def is_gone(child, seconds):
    try:
        child.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        return False


def end_all(child, grace_s):
    """TERM to everything, time to tidy up, then KILL to everything, again and again until nothing is left."""
    signal_all(signal.SIGTERM)
    until = time.monotonic() + grace_s
    while time.monotonic() < until and not (is_gone(child, 0.05) and not others()):
        pass
    for _ in range(200):
        if is_gone(child, 0.01) and not others():
            return
        signal_all(signal.SIGKILL)


def watch(child, order):
    """Waits for the program, a stop, the deadline or the loss of the watcher; answers why it ended."""
    deadline = time.monotonic() + order["deadlineS"]
    pending = b""
    while True:
        if is_gone(child, 0.0):
            return "exited"
        if time.monotonic() > deadline:
            end_all(child, order["graceS"])
            return "deadline"
        readable, _, _ = select.select([0], [], [], 0.05)
        if not readable:
            continue
        received = os.read(0, 4096)
        if received == b"":
            end_all(child, 0)
            return "abandoned"
        pending += received
        if b"stop\n" in pending:
            end_all(child, order["graceS"])
            return "stopped"


def carry(source, sink):
    try:
        while True:
            received = source.recv(65536)
            if not received:
                break
            sink.sendall(received)
    except OSError:
        pass
    finally:
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def serve_proxy(path):
    """The only way out: connections to the proxy port go through the socket that the watcher listens on."""
    listener = socket.create_server(("127.0.0.1", PROXY_PORT))

    def accept():
        while True:
            inner, _ = listener.accept()
            outer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                outer.connect(path)
            except OSError:
                inner.close()
                continue
            for pair in ((inner, outer), (outer, inner)):
                threading.Thread(target=carry, args=pair, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def read_order():
    text = b""
    while not text.endswith(b"\n"):
        received = os.read(0, 1)
        if received == b"":
            sys.exit(0)
        text += received
    return json.loads(text)


def main():
    harden()
    report(kind="ready")
    order = read_order()
    if order["proxySocket"] is not None:
        serve_proxy(order["proxySocket"])
    started = time.monotonic()
    try:
        child = start(order)
    except (OSError, subprocess.SubprocessError) as error:
        report(kind="unstartable", detail=str(error))
        return
    report(kind="started")
    why = watch(child, order)
    ended = time.monotonic()
    # What the program left running goes with it.
    if why == "exited":
        end_all(child, 0)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    report(
        kind="ended",
        why=why,
        exitCode=child.returncode,
        durationS=ended - started,
        cpuS=usage.ru_utime + usage.ru_stime,
        maxRssBytes=usage.ru_maxrss * 1024,
    )


main()
