import type { RunState } from "#lib/runs/schema";

export interface Scenario {
  name: string;
  /** Text of main.py; for the fake executor, its FAULT. */
  source?: string;
  fault?: string;
  manifest?: object;
  /** What is done to it while it runs, and at the earliest when it has said "up". */
  disturb?: "cancel" | "cancel-queued" | "kill-computing-process" | "kill-sandbox";
  expected: { state: RunState; errorCode?: string };
}

const UP = "print('up', flush=True)\n";
const COPY = "import os, shutil\nshutil.copy(os.environ['FIELDPORT_INPUT'], os.environ['FIELDPORT_OUTPUT'])\n";
const IGNORE_TERM = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n";
const failed = (errorCode: string) => ({ state: "failed" as const, errorCode });

const FORK_BOMB = `import os, time
while True:
    try:
        if os.fork() == 0: time.sleep(0.01)
    except OSError: os._exit(1)
`;

/** Ways in which an app, its sandbox or its worker go wrong, and the one end each must come to. */
export const SANDBOX_SCENARIOS: readonly Scenario[] = [
  { name: "good", source: UP + COPY, expected: { state: "succeeded" } },
  { name: "exit 1", source: `${UP}raise SystemExit(1)`, expected: failed("app_failed") },
  {
    name: "ignores TERM",
    source: `${IGNORE_TERM}${UP}time.sleep(600)`,
    manifest: { timeout: "1s" },
    expected: { state: "timed_out", errorCode: "timed_out" },
  },
  {
    name: "fork bomb",
    source: UP + FORK_BOMB,
    manifest: { processesMax: 32, timeout: "5s" },
    expected: failed("app_failed"),
  },
  {
    name: "memory hog",
    source: `${UP}x = []\nwhile True: x.append(bytearray(10**6))`,
    manifest: { memoryMb: 96 },
    expected: failed("out_of_memory"),
  },
  {
    name: "disk filler",
    source: `${UP}import time\nfor i in range(4000): open('/tmp/%d' % i, 'wb').write(b'x' * 10**6); time.sleep(0.01)`,
    manifest: { diskMb: 32 },
    expected: failed("disk_full"),
  },
  {
    name: "floods its log",
    source: `${UP}line = 'x' * 999\nfor _ in range(80000): print(line)\n${COPY}`,
    expected: { state: "succeeded" },
  },
  { name: "no output", source: UP, expected: failed("missing_output") },
  { name: "0-byte output", source: `${UP}open('output.zip', 'w')`, expected: failed("invalid_output") },
  {
    name: "corrupt output",
    source: `${UP}open('output.zip', 'wb').write(b'PK' * 99)`,
    expected: failed("invalid_output"),
  },
  {
    name: "bad requirements",
    source: UP,
    manifest: { requirements: "requirements.txt" },
    expected: failed("installing"),
  },
  {
    name: "cancelled",
    source: `${UP}import time\ntime.sleep(600)`,
    disturb: "cancel",
    expected: { state: "cancelled" },
  },
  { name: "cancelled while queued", source: UP, disturb: "cancel-queued", expected: { state: "cancelled" } },
  {
    name: "sandbox killed",
    source: `${UP}import time\ntime.sleep(600)`,
    disturb: "kill-sandbox",
    expected: { state: "lost", errorCode: "lost" },
  },
  {
    name: "computing process killed",
    source: `${UP}import time\ntime.sleep(2)\n${COPY}`,
    disturb: "kill-computing-process",
    expected: { state: "succeeded" },
  },
];

/** The same through the executor that only pretends. */
export const FAKE_SCENARIOS: readonly Scenario[] = [
  { name: "pretended", fault: "none", expected: { state: "succeeded" } },
  { name: "no machine", fault: "no_machine", expected: failed("provisioning") },
  { name: "never boots", fault: "never_boots", expected: failed("booting") },
  { name: "install fails", fault: "install_fails", expected: failed("installing") },
  { name: "machine dies", fault: "dies", expected: { state: "lost", errorCode: "lost" } },
  { name: "pretended exit 1", fault: "exit_1", expected: failed("app_failed") },
  { name: "pretended no output", fault: "no_output", expected: failed("missing_output") },
  { name: "pretended corrupt output", fault: "corrupt_output", expected: failed("invalid_output") },
  {
    name: "pretended ignores TERM",
    fault: "ignores_term",
    manifest: { timeout: "1s" },
    expected: { state: "timed_out", errorCode: "timed_out" },
  },
];
