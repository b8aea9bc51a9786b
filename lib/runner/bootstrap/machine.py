"""Runs one app on a machine that exists for it alone, then switches the machine off. Needs Python 3.9 and nothing else.

It learns where its folder in object storage is from the machine's own identity, waits there for its order, and leaves
its log, its signs of life and its result there. It is handed no secret at start: settings come as one JSON argument.
"""

import datetime
import hashlib
import hmac
import http.client
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

LOG_PART_BYTES = 1_000_000
LOG_BYTES_MAX = 200_000_000
BEAT_S = 2
APP_UID = 65534


def fetch(url, method="GET", headers=None, body=None):
    # Proxies of an environment have no business between a machine and its own addresses.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    with opener.open(request, timeout=20) as answer:
        return answer.read()


class Identity:
    """Short-lived keys and the name they stand for; asked again before they end."""

    def __init__(self, settings):
        self.settings = settings
        self.keys = None
        self.ends = 0.0

    def metadata(self, path):
        base = self.settings["metadataUrl"]
        token = fetch(base + "/latest/api/token", "PUT", {"X-aws-ec2-metadata-token-ttl-seconds": "300"}).decode()
        return fetch(base + path, "GET", {"X-aws-ec2-metadata-token": token}).decode()

    def load(self):
        relative = os.environ.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
        if self.settings["isolation"] == "container" and relative:
            found = json.loads(fetch("http://169.254.170.2" + relative))
        else:
            path = "/latest/meta-data/iam/security-credentials/"
            found = json.loads(self.metadata(path + self.metadata(path).split()[0]))
        self.keys = (found["AccessKeyId"], found["SecretAccessKey"], found.get("Token", ""))
        self.ends = time.time() + 300

    def get(self):
        if self.keys is None or time.time() > self.ends:
            self.load()
        return self.keys

    def machine_id(self):
        metadata = os.environ.get("ECS_CONTAINER_METADATA_URI_V4")
        if self.settings["isolation"] == "container" and metadata:
            return json.loads(fetch(metadata + "/task"))["TaskARN"].split("/")[-1]
        return self.metadata("/latest/meta-data/instance-id").strip()


class Folder:
    """The machine's own folder in object storage (S3, signature version 4)."""

    def __init__(self, settings, identity):
        self.settings = settings
        self.identity = identity
        self.prefix = "machines/%s:%s/" % (settings["roleId"], identity.machine_id())

    def sign(self, method, url, digest):
        access, secret, token = self.identity.get()
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        scope = "%s/%s/s3/aws4_request" % (now[:8], self.settings["region"])
        headers = {"host": url.netloc, "x-amz-content-sha256": digest, "x-amz-date": now}
        if token:
            headers["x-amz-security-token"] = token
        names = ";".join(sorted(headers))
        lines = "".join("%s:%s\n" % (name, headers[name]) for name in sorted(headers))
        request = "\n".join([method, url.path, "", lines, names, digest])
        text = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(request.encode()).hexdigest()])
        key = ("AWS4" + secret).encode()
        for part in (now[:8], self.settings["region"], "s3", "aws4_request", text):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        credential = "Credential=%s/%s, SignedHeaders=%s, Signature=%s" % (access, scope, names, key.hex())
        headers["Authorization"] = "AWS4-HMAC-SHA256 " + credential
        return headers

    def once(self, method, name, body, digest, length):
        path = "/%s/%s" % (self.settings["bucket"], urllib.parse.quote(self.prefix + name, safe="/"))
        url = urllib.parse.urlsplit(self.settings["objectsUrl"] + path)
        headers = self.sign(method, url, digest)
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        connection = kind(url.netloc, timeout=60)
        if body is not None:
            body.seek(0)
            headers["Content-Length"] = str(length)
        try:
            connection.request(method, url.path, body=body, headers=headers)
            answer = connection.getresponse()
            # Without the right to list, storage says "forbidden" of what is not there.
            if method == "GET" and answer.status in (403, 404):
                return None
            content = answer.read()
            if answer.status >= 300:
                raise OSError("object storage answered %d" % answer.status)
            return content
        finally:
            connection.close()

    def ask(self, method, name, body=None):
        digest, length = hashlib.sha256(), 0
        while body is not None:
            block = body.read(1 << 20)
            if not block:
                break
            digest.update(block)
            length += len(block)
        for attempt in range(6):
            try:
                return self.once(method, name, body, digest.hexdigest(), length)
            except (OSError, http.client.HTTPException):
                if attempt == 5:
                    raise
                time.sleep(0.5 * 2**attempt)

    def get(self, name):
        return self.ask("GET", "in/" + name)

    def put(self, name, body):
        self.ask("PUT", "out/" + name, io.BytesIO(body) if isinstance(body, bytes) else body)


class Teller:
    """Sends the log in parts as it comes and a sign of life every other second."""

    def __init__(self, folder):
        self.folder = folder
        self.lock = threading.Lock()
        self.waiting = bytearray()
        self.parts = 0
        self.sent = 0
        self.beats = 0
        self.step = "booting"
        self.should_stop = False
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.loop, daemon=True)
        self.thread.start()

    def write(self, chunk):
        with self.lock:
            room = LOG_BYTES_MAX - self.sent - len(self.waiting)
            self.waiting += chunk[: max(0, room)]

    def flush(self):
        while True:
            with self.lock:
                part = bytes(self.waiting[:LOG_PART_BYTES])
                del self.waiting[: len(part)]
            if not part:
                return
            self.folder.put("log/%08d" % (self.parts + 1), part)
            self.parts += 1
            self.sent += len(part)

    def loop(self):
        while not self.done.wait(BEAT_S if self.beats else 0.01):
            try:
                self.flush()
                self.beats += 1
                self.folder.put("beat.json", json.dumps({"beat": self.beats, "step": self.step}).encode())
                self.should_stop = self.should_stop or self.folder.get("stop") is not None
            except Exception as error:  # The next beat tries again; the controller counts the missing ones.
                print("no sign of life: %s" % error, file=sys.stderr)

    def close(self):
        self.done.set()
        self.thread.join(timeout=120)
        self.flush()


def wait_for_order(folder, settings):
    until = time.monotonic() + settings["bootDeadlineS"]
    while time.monotonic() < until:
        order = folder.get("order.json")
        if order is not None:
            return json.loads(order)
        time.sleep(1)
    return None


def command_of(order, settings, root, argv, environment, name):
    """The arguments, environment and start function of a program that runs as nobody in particular."""
    limits = order["limits"]
    if settings["isolation"] == "container":
        def drop():
            os.setsid()
            os.setgroups([])
            os.setgid(APP_UID)
            os.setuid(APP_UID)

        return argv, environment, drop
    # A file that only the system's first process can read: arguments are seen by everybody.
    path = os.path.join(root, name + ".env")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        for key, value in environment.items():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("`", "\\`")
            file.write('%s="%s"\n' % (key, escaped))
    properties = [
        "User=nobody", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
        "PrivateDevices=yes", "ProtectProc=invisible", "ProtectKernelTunables=yes", "RestrictSUIDSGID=yes",
        "IPAddressDeny=link-local", "ReadWritePaths=" + os.path.join(root, "app"), "EnvironmentFile=" + path,
        "WorkingDirectory=" + os.path.join(root, "app"), "MemoryMax=%dM" % limits["memoryMb"], "MemorySwapMax=0",
        "TasksMax=%d" % limits["processesMax"], "LimitFSIZE=%dM" % limits["diskMb"], "KillMode=control-group",
        "TimeoutStopSec=%d" % limits["graceS"], "PrivateNetwork=%s" % ("no" if order["network"] else "yes"),
    ]
    flags = [part for value in properties for part in ("-p", value)]
    return ["systemd-run", "--quiet", "--wait", "--pipe", "--collect", "--unit=" + name, *flags, "--", *argv], None, None


def end_program(child, settings, name, grace):
    """TERM, grace, KILL of everything the program started."""
    if settings["isolation"] == "systemd":
        # The unit's own settings bring TERM, grace and KILL to its whole control group.
        subprocess.run(["systemctl", "stop", name + ".service"], check=False)
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, number)
        except (ProcessLookupError, PermissionError):
            pass
        try:
            child.wait(timeout=grace)
        except subprocess.TimeoutExpired:
            continue


class Disk:
    """What the app's folder holds, looked at now and then: at most a fifth of the time goes into looking."""

    def __init__(self, path):
        self.path = path
        self.peak = 0
        self.next = 0.0

    def look(self):
        began = time.monotonic()
        if began < self.next:
            return 0
        found = folder_bytes(self.path)
        self.peak = max(self.peak, found)
        ended = time.monotonic()
        self.next = ended + 4 * (ended - began)
        return found


def folder_bytes(path):
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_blocks * 512
            except OSError:
                pass
    return total


def run(order, settings, root, teller, disk, name, argv, environment, until):
    argv, env, drop = command_of(order, settings, root, argv, environment, name)
    limits = order["limits"]
    child = subprocess.Popen(
        argv, cwd=os.path.join(root, "app"), env=env, preexec_fn=drop, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=drop is None,
    )

    def read():
        for chunk in iter(lambda: child.stdout.read1(1 << 16), b""):
            teller.write(chunk)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    why = None
    while why is None:
        try:
            child.wait(timeout=0.5)
            break
        except subprocess.TimeoutExpired:
            pass
        if teller.should_stop:
            why = "stopped"
        elif time.monotonic() > until:
            why = "time"
        elif disk.look() > limits["diskMb"] * 2**20:
            why = "disk"
    # Also after a good end: what the program has left running ends with it.
    end_program(child, settings, name, limits["graceS"] if why else 0.1)
    reader.join(timeout=5)
    disk.next = 0.0
    disk.look()
    return why, child.returncode


def choose_python(order, settings):
    """The interpreter the app asks for; None when there is none. An image's own Python comes without pip."""
    wanted = order.get("pythonVersion")
    own = "%d.%d" % sys.version_info[:2]
    if settings["isolation"] == "container":
        return sys.executable if wanted in (None, own) else shutil.which("python" + wanted)
    if wanted is None and not order["requirements"]:
        return sys.executable
    name = "python" + (wanted or "3.12")
    if shutil.which(name) is None or order["requirements"]:
        subprocess.run(["dnf", "install", "-y", "-q", name, name + "-pip"], check=False, timeout=240)
    return shutil.which(name)


def carry_out(order, settings, folder, teller, root):
    started = time.monotonic()
    until = started + order["limits"]["timeoutS"]
    app = os.path.join(root, "app")
    os.makedirs(app)
    with tarfile.open(fileobj=io.BytesIO(folder.get("job.tar.gz")), mode="r:gz") as archive:
        # Packed by the controller from what it has checked: plain files and folders only.
        archive.extractall(app, members=[member for member in archive if member.isfile() or member.isdir()])
    with open(os.path.join(app, ".fieldport-parameters.json"), "w") as file:
        file.write(order["parametersJson"])
    for path, _, names in os.walk(app):
        for name in [path, *(os.path.join(path, name) for name in names)]:
            os.chown(name, APP_UID, APP_UID)
    environment = {
        **{key: value.replace("/job/app/", app + "/") for key, value in order["environment"].items()},
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1",
        "FIELDPORT_PARAMETERS": os.path.join(app, ".fieldport-parameters.json"),
    }
    disk = Disk(app)
    base = lambda: {"durationS": time.monotonic() - started, "peakDiskBytes": disk.peak or None}
    python = choose_python(order, settings)
    if python is None:
        detail = "The machine has no Python %s, and none could be installed." % (order.get("pythonVersion") or "with pip")
        return {**base(), "how": "failed", "step": "installing", "detail": detail}
    if order["requirements"]:
        teller.step = "installing"
        target = os.path.join(app, ".packages")
        argv = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--target", target,
                "-r", order["requirements"]]
        # Packages are fetched from outside also for an app that may not go there itself.
        why, code = run(
            {**order, "network": True}, settings, root, teller, disk, "fieldport-install", argv, environment, until
        )
        if why in ("stopped", "time"):
            return {**base(), "how": "killed", "why": why}
        if why or code != 0:
            detail = "The packages of %s could not be installed; pip says why in the log." % order["requirements"]
            return {**base(), "how": "failed", "step": "installing", "detail": detail}
        environment["PYTHONPATH"] = target
    teller.step = "running"
    argv = [python, "-u", order["entryPoint"]]
    why, code = run(order, settings, root, teller, disk, "fieldport-app", argv, environment, until)
    teller.step = "terminating"
    for name, path in (("output", order["outputPath"]), ("app-log", order.get("logPath"))):
        inside = os.path.realpath(os.path.join(app, path)) if path else ""
        if inside.startswith(os.path.realpath(app) + "/") and os.path.isfile(inside):
            with open(inside, "rb") as file:
                folder.put(name, file)
    if why:
        return {**base(), "how": "killed", "why": why}
    name = signal.Signals(-code).name if code < 0 else None
    return {**base(), "how": "exited", "exitCode": 128 - code if code < 0 else code, "signal": name}


def main():
    settings = json.loads(sys.argv[1])
    if settings["powersOff"]:
        # The second way to an end, should everything after this line fail. The template turns "off" into "gone".
        subprocess.run(["shutdown", "-P", "+%d" % (settings["deadManS"] // 60 + 1)], check=False)
    try:
        folder = Folder(settings, Identity(settings))
        order = wait_for_order(folder, settings)
        if order is None:
            return
        teller = Teller(folder)
        try:
            end = carry_out(order, settings, folder, teller, settings["root"])
        except Exception as error:
            detail = "The machine could not run the app: %s" % error
            end = {"how": "failed", "step": "booting", "detail": detail, "durationS": 0}
        teller.close()
        folder.put("end.json", json.dumps({**end, "logParts": teller.parts}).encode())
    finally:
        if settings["powersOff"]:
            subprocess.run(["shutdown", "-P", "now"], check=False)


if __name__ == "__main__":
    main()
