import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { tryApp } from "../../testing/try-app.ts";
import { checkIsolation } from "./availability.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const { isAvailable } = await checkIsolation();
const ABSTRACT = `fieldport-escape-${process.pid}`;

/** What stands beside a run on its machine: another run's folder, and services on TCP and on Unix sockets. */
let folder = "";
let port = 0;
const servers: Server[] = [];
const visitors: string[] = [];

async function listen(where: string | number): Promise<Server> {
  const server = createServer((socket) => {
    visitors.push(String(where));
    socket.end("welcome");
  });
  await new Promise<void>((resolve) => {
    if (typeof where === "number") server.listen(where, "127.0.0.1", resolve);
    else server.listen(where, resolve);
  });
  servers.push(server);
  return server;
}

beforeAll(async () => {
  // As a run's own folder is: nothing but the sandbox keeps an app from it.
  folder = await mkdtemp(join(tmpdir(), "fieldport-work-neighbour-"));
  await writeFile(join(folder, "input.zip"), "not yours", { mode: 0o644 });
  port = ((await listen(0)).address() as AddressInfo).port;
  await listen(join(folder, "database.sock"));
  if (process.platform === "linux") await listen(`\0${ABSTRACT}`);
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true, force: true });
});

const said = async (source: string) => (await tryApp(source)).output.trim();

/** "refused" and why, or "got out". */
function attempt(lines: string): Promise<string> {
  return said(`import ctypes, os, signal, socket, subprocess
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    if libc.syscall(*arguments) < 0: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
try:
${lines.replaceAll(/^/gm, "    ")}
    print("got out")
except OSError as error:
    print("refused", error.strerror or error)`);
}

const ON_SOCKET = (address: string) =>
  `s = socket.socket(socket.AF_UNIX); s.settimeout(1); s.connect(${address}); s.recv(9)`;

describe.skipIf(!isAvailable)("an app that tries to get out", () => {
  it.each<[string, () => string]>([
    ["files of the portal", () => `open(${JSON.stringify(join(import.meta.dirname, "sandbox.ts"))})`],
    ["the portal's folder", () => `os.listdir(${JSON.stringify(process.cwd())})`],
    ["the password file of the machine", () => "open('/etc/shadow')"],
    ["root's home", () => "os.listdir('/root')"],
    ["another run's input", () => `open(${JSON.stringify(join(folder, "input.zip"))})`],
    ["another run's folder", () => `os.listdir(${JSON.stringify(folder)})`],
    ["folders beside its own", () => "os.listdir('/job/../tmp/../var/tmp')"],
    ["writing to system files", () => "open('/usr/bin/x', 'w')"],
    ["writing beside its own folders", () => "open('/job/x', 'w')"],
    ["writing outside through a link", () => "os.symlink('/usr/bin/env', 'x'); open('x', 'w')"],
    ["changing a file of the system", () => "os.chmod('/etc/passwd', 0o777)"],
    ["the environment of its supervisor", () => "open('/proc/%d/environ' % os.getppid()).read()"],
    ["the environment of the first process", () => "open('/proc/1/environ').read()"],
    ["the memory of its supervisor", () => "open('/proc/%d/mem' % os.getppid(), 'rb')"],
    ["the descriptors of its supervisor", () => "os.listdir('/proc/%d/fd' % os.getppid())"],
    ["the root folder of the first process", () => "os.listdir('/proc/1/root/')"],
    ["the kernel's settings", () => "open('/proc/sys/kernel/core_pattern', 'w')"],
    ["the kernel's memory", () => "open('/proc/kcore', 'rb').read(1)"],
    ["the machine's switch", () => "open('/proc/sysrq-trigger', 'w').write('b')"],
    ["ending its supervisor", () => "os.kill(os.getppid(), signal.SIGKILL)"],
    ["ending the first process", () => "os.kill(1, signal.SIGKILL)"],
    ["signals to processes of the machine", () => `os.kill(${process.pid}, signal.SIGKILL)`],
    ["a service on this machine", () => `socket.create_connection(('127.0.0.1', ${port}), 1)`],
    ["the database's port", () => "socket.create_connection(('127.0.0.1', 5432), 1)"],
    ["a socket in a folder", () => ON_SOCKET(JSON.stringify(join(folder, "database.sock")))],
    ["a socket with an abstract name", () => ON_SOCKET(`b"\\0${ABSTRACT}"`)],
    ["metadata of a cloud", () => "socket.create_connection(('169.254.169.254', 80), 1)"],
    ["metadata of a container", () => "socket.create_connection(('169.254.170.2', 80), 1)"],
    ["the internet", () => "socket.create_connection(('192.0.2.1', 80), 1)"],
    ["datagrams to the internet", () => "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))"],
    ["raw packets", () => "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)"],
    ["becoming root", () => "os.setuid(0)"],
    ["becoming root's group", () => "os.setgroups([0])"],
    ["becoming somebody else", () => "os.setresuid(1, 1, 1)"],
    ["device nodes", () => "os.mknod('/tmp/disk', 0o600 | 0o060000, os.makedev(8, 0))"],
    ["the machine's disk", () => "open('/dev/sda', 'rb')"],
    ["the machine's memory", () => "open('/dev/mem', 'rb')"],
    ["another root folder", () => "os.chroot('/tmp')"],
    ["another name for the machine", () => "socket.sethostname('mine')"],
    ["mounting", () => "if libc.mount(b'x', b'/tmp', b'tmpfs', 0, None): raise OSError(ctypes.get_errno(), 'no')"],
    ["unmounting", () => "if libc.umount2(b'/usr', 2): raise OSError(ctypes.get_errno(), 'no')"],
    ["namespaces of its own", () => "if libc.unshare(0x10000000): raise OSError(ctypes.get_errno(), 'no')"],
    [
      "another's namespaces",
      () => "if libc.setns(os.open('/proc/self/ns/net', 0), 0): raise OSError(ctypes.get_errno(), 'no')",
    ],
    [
      "tracing its supervisor",
      () => "if libc.ptrace(16, os.getppid(), None, None) < 0: raise OSError(ctypes.get_errno(), 'no')",
    ],
    [
      "tracing its own child",
      () =>
        "child = subprocess.Popen(['/usr/bin/sleep', '9'])\nif libc.ptrace(16, child.pid, None, None) < 0: raise OSError(ctypes.get_errno(), 'no')",
    ],
  ])("is refused %s", async (_what, lines) => {
    expect(await attempt(lines())).toMatch(/^refused/);
    expect(visitors).toEqual([]);
  });

  it.skipIf(process.arch !== "x64").each([
    ["keys of the kernel", "call(250, 0, 0)"],
    ["programs in the kernel", "call(321, 0, None, 0)"],
    ["io_uring", "call(425, 1, None)"],
    ["page faults of others", "call(323, 0)"],
    ["performance counters", "call(298, None, 0, -1, -1, 0)"],
    ["another process's memory", "call(310, os.getppid(), None, 0, None, 0, 0)"],
    ["modules of the kernel", "call(175, None, 0, b'')"],
    ["files by handle", "call(304, -1, None, 0)"],
  ])("is refused the system call for %s, whatever its arguments", async (_what, lines) => {
    expect(await attempt(lines)).toMatch(/^refused Operation not permitted/);
  });

  it("finds nothing of the portal in its environment", async () => {
    const { output } = await tryApp("import os\nprint(sorted(os.environ))", { job: { environment: { KEY: "1" } } });
    expect(output.trim()).toBe("['FIELDPORT_PARAMETERS', 'HOME', 'KEY', 'LANG', 'PATH', 'PYTHONDONTWRITEBYTECODE']");
  });

  it("sees no process but its own, its supervisor and the first", async () => {
    const source = "import os\nprint(sorted(int(name) for name in os.listdir('/proc') if name.isdigit())[-1] < 20)";
    expect(await said(source)).toBe("True");
  });

  it("has no capability and gets none, not even from a program that gives them", async () => {
    const status = await said("print(open('/proc/self/status').read())");
    for (const set of ["CapInh", "CapPrm", "CapEff", "CapAmb"])
      expect(status).toMatch(new RegExp(`^${set}:\\s+0+$`, "m"));
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    // A copy of the interpreter that would run as its owner is owned by the app itself, and by nobody else.
    const source = `import os, shutil, subprocess, sys
shutil.copy(os.path.realpath(sys.executable), "/tmp/python")
os.chmod("/tmp/python", 0o6755)
mine = [os.getuid(), os.geteuid()]
print(subprocess.run(["/tmp/python", "-I", "-S", "-c", "import os; print([os.getuid(), os.geteuid()])"], capture_output=True, text=True).stdout.strip() == str(mine), 0 in mine)`;
    expect(await said(source)).toBe("True False");
  });

  it("has a network of its own with nothing in it, and devices that lead nowhere", async () => {
    expect(await said("import socket\nprint([name for _, name in socket.if_nameindex()])")).toBe("['lo']");
    const devices = await said("import os\nprint(' '.join(sorted(os.listdir('/dev'))))");
    expect(devices.replace(/\bconsole /, "")).toBe(
      "core fd full null ptmx pts random shm stderr stdin stdout tty urandom zero",
    );
  });
});
