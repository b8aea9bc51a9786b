import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { tryApp } from "../../testing/try-app.ts";
import { checkIsolation } from "./availability.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const isolationHere = await checkIsolation();

/** Processes of this machine whose command line holds the text. */
async function countProcesses(text: string): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "args"]);
  return stdout.split("\n").filter((line) => line.includes(text)).length;
}

describe.skipIf(!isolationHere.isAvailable)("an app in the sandbox", () => {
  it("reads its folder, writes its output, and its exit code is told", async () => {
    const source = "open('output.zip','w').write(open('main.py').read()[:4])\nprint('hello')\nraise SystemExit(7)";
    const { end, output, steps } = await tryApp(source, {
      inspect: async (folder) => expect(await readFile(join(folder, "app", "output.zip"), "utf8")).toBe("open"),
    });
    expect(end).toMatchObject({ how: "exited", exitCode: 7 });
    expect(output).toBe("hello\n");
    expect(steps).toEqual(["provisioning", "booting", "running"]);
  });

  it("tells output while it runs, both streams in order", async () => {
    const stop = new AbortController();
    const source =
      "import sys, time\nprint('one', flush=True)\nprint('two', file=sys.stderr, flush=True)\ntime.sleep(60)";
    const { end, output } = await tryApp(source, {
      signal: stop.signal,
      onOutput: (said) => {
        if (said.includes("two")) stop.abort();
      },
    });
    expect(output.trimEnd()).toBe("one\ntwo");
    expect(end).toMatchObject({ how: "killed", why: "stopped" });
  });

  it("is asked to end, has time to tidy up, and then it and all it started are killed", async () => {
    const mark = `left-over-${process.pid}`;
    const source = `
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, lambda *_: print("tidying", flush=True))
subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)", "${mark}"], start_new_session=True)
print("up", flush=True)
while True: time.sleep(0.05)`;
    const { end, output } = await tryApp(source, { limits: { timeoutS: 1 } });
    expect(end).toMatchObject({ how: "killed", why: "time" });
    expect(output).toBe("up\ntidying\n");
    expect(await countProcesses(mark)).toBe(0);
  });

  it("leaves nothing behind that outlives it", async () => {
    const mark = `daemon-${process.pid}`;
    const source = `
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "${mark}"], start_new_session=True)`;
    expect((await tryApp(source)).end).toMatchObject({ how: "exited", exitCode: 0 });
    expect(await countProcesses(mark)).toBe(0);
  });

  it.each([
    ["memory", "x = []\nwhile True: x.append(bytearray(10**6))"],
    ["disk", "import time\nfor i in range(400): open('/tmp/%d' % i, 'wb').write(b'x' * 10**6); time.sleep(0.01)"],
    ["time", "while True: pass"],
  ])("ends at its limit of %s, and the limit is named", async (why, source) => {
    const { end } = await tryApp(source, { limits: { memoryMb: 96, diskMb: 32, timeoutS: why === "time" ? 1 : 30 } });
    expect(end).toMatchObject({ how: "killed", why });
  });

  it("is told how much of the disk it used at most: while it ran, and at its end however short it was", async () => {
    const fills = "import os, time\nopen('/tmp/a', 'wb').write(b'x' * 20_000_000)\n";
    const during = await tryApp(`${fills}time.sleep(2.5)\nos.remove('/tmp/a')`);
    expect(during.end.peakDiskBytes).toBeGreaterThan(20_000_000);
    expect(during.end.peakDiskBytes).toBeLessThan(21_000_000);
    expect((await tryApp("open('output.zip', 'wb').write(b'x' * 5_000_000)")).end.peakDiskBytes).toBeGreaterThan(5e6);
  });

  it("cannot fill the machine with processes", async () => {
    const source = `
import os, time
made = 0
while made < 500:
    try:
        if os.fork() == 0: time.sleep(60)
        made += 1
    except OSError: break
print(made)`;
    const { output } = await tryApp(source, { limits: { processesMax: 20 } });
    expect(Number(output)).toBeLessThan(20);
  });
});
