import type { RunState } from "#lib/runs/schema";

export interface Scenario {
  name: string;
  /** Text of main.py; for the fake executor, its FAULT. */
  source?: string;
  fault?: string;
  manifest?: object;
  /** Where its code is: in a repository whose token is taken away before the run, or behind a host that never answers. */
  trouble?: "repository-closed" | "packages-silent";
  /** What is done to it while it runs, and at the earliest when it has said "up". */
  disturb?: "cancel" | "cancel-queued" | "kill-computing-process" | "kill-sandbox" | "kill-supervisor";
  /** Cancelled as soon as it is seen in this step; "starting" is before the first. */
  cancelIn?: string;
  /** Stands in the stored log: without it the app did not do what it is named for. */
  says?: string;
  expected: { state: RunState; errorCode?: string };
}

const UP = "print('up', flush=True)\n";
const COPY = "import os, shutil\nshutil.copy(os.environ['FIELDPORT_INPUT'], os.environ['FIELDPORT_OUTPUT'])\n";
const IGNORE_TERM = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n";
const SLEEP = "import time\ntime.sleep(600)\n";
const failed = (errorCode: string) => ({ state: "failed" as const, errorCode });
const timedOut = { state: "timed_out" as const, errorCode: "timed_out" };
const up = { says: "up\n" };

/** Ends with the first process that it is refused. */
const FORK_BOMB = `import os, time
while True:
    try:
        if os.fork() == 0: time.sleep(0.01)
    except OSError: os._exit(1)
`;
/** Never ends by itself, and each process starts others for as long as it may. */
const PATIENT_FORK_BOMB = `import os
while True:
    try: os.fork()
    except OSError: pass
`;

/** What an app alone can do wrong, and the one end it must come to, whoever runs it and however often it begins anew. */
export const APP_SCENARIOS: readonly Scenario[] = [
  { name: "good", source: UP + COPY, ...up, expected: { state: "succeeded" } },
  { name: "exit 1", source: `${UP}raise SystemExit(1)`, ...up, expected: failed("app_failed") },
  {
    name: "ignores TERM",
    source: `${IGNORE_TERM}${UP}time.sleep(600)`,
    manifest: { timeout: "12s" },
    ...up,
    expected: timedOut,
  },
  { name: "fork bomb", source: UP + FORK_BOMB, manifest: { processesMax: 32 }, ...up, expected: failed("app_failed") },
  {
    name: "fork bomb without end",
    source: UP + PATIENT_FORK_BOMB,
    // Six runs at once, some of them fork bombs, share the processors before its first line.
    manifest: { processesMax: 32, timeout: "20s" },
    ...up,
    expected: timedOut,
  },
  {
    name: "memory hog",
    source: `${UP}x = []\nwhile True: x.append(bytearray(10**6))`,
    manifest: { memoryMb: 96 },
    ...up,
    expected: failed("out_of_memory"),
  },
  {
    name: "disk filler",
    source: `${UP}import time\nfor i in range(4000): open('/tmp/%d' % i, 'wb').write(b'x' * 10**6); time.sleep(0.01)`,
    manifest: { diskMb: 32 },
    ...up,
    expected: failed("disk_full"),
  },
  { name: "no output", source: UP, ...up, expected: failed("missing_output") },
  { name: "0-byte output", source: `${UP}open('output.zip', 'w')`, ...up, expected: failed("invalid_output") },
  {
    name: "corrupt output",
    source: `${UP}open('output.zip', 'wb').write(b'PK' * 99)`,
    ...up,
    expected: failed("invalid_output"),
  },
  {
    name: "bad requirements",
    source: UP,
    manifest: { requirements: "requirements.txt" },
    says: "none.whl",
    expected: failed("installing"),
  },
];

const inStep = (step: string): Scenario => ({
  name: `cancelled in ${step}`,
  source: UP + COPY,
  cancelIn: step,
  expected: { state: "cancelled" },
});

/** The same with what its sandbox, its worker or a person does to it. */
export const SANDBOX_SCENARIOS: readonly Scenario[] = [
  ...APP_SCENARIOS,
  {
    name: "1 GB of log",
    source: `${UP}import sys\nlines = ('x' * 999 + '\\n') * 1000\nfor _ in range(1000): sys.stdout.write(lines)\n${COPY}`,
    manifest: { timeout: "120s" },
    says: "bytes of this log were left out",
    expected: { state: "succeeded" },
  },
  {
    name: "clone fails",
    trouble: "repository-closed",
    says: "could not be fetched",
    expected: failed("fetching_code"),
  },
  { name: "cancelled while queued", source: UP, disturb: "cancel-queued", expected: { state: "cancelled" } },
  ...["starting", "fetching_input", "fetching_code", "provisioning", "booting"].map(inStep),
  {
    ...inStep("installing"),
    trouble: "packages-silent",
    manifest: { requirements: "requirements.txt" },
  },
  { name: "cancelled in running", source: UP + SLEEP, disturb: "cancel", ...up, expected: { state: "cancelled" } },
  {
    name: "cancelled in running, ignores TERM",
    source: `${IGNORE_TERM}${UP}time.sleep(600)`,
    disturb: "cancel",
    ...up,
    expected: { state: "cancelled" },
  },
  ...["uploading_output", "uploading_logs"].map(inStep),
  {
    name: "sandbox killed",
    source: UP + SLEEP,
    disturb: "kill-sandbox",
    ...up,
    expected: { state: "lost", errorCode: "lost" },
  },
  {
    name: "supervisor killed",
    source: UP + SLEEP,
    disturb: "kill-supervisor",
    ...up,
    expected: { state: "lost", errorCode: "lost" },
  },
  {
    name: "computing process killed",
    source: `${UP}import time\ntime.sleep(2)\n${COPY}`,
    disturb: "kill-computing-process",
    ...up,
    expected: { state: "succeeded" },
  },
];

const staysIn = (step: string): Scenario => ({
  name: `pretended, cancelled in ${step}`,
  fault: `stays_${step}`,
  cancelIn: step,
  expected: { state: "cancelled" },
});

/** Through the executor that only pretends: what machines do that a sandbox does not. */
export const FAKE_SCENARIOS: readonly Scenario[] = [
  { name: "pretended", fault: "none", says: "hello", expected: { state: "succeeded" } },
  { name: "no machine", fault: "no_machine", expected: failed("provisioning") },
  { name: "never boots", fault: "never_boots", expected: failed("booting") },
  { name: "install fails", fault: "install_fails", expected: failed("installing") },
  { name: "machine dies", fault: "dies", says: "hello", expected: { state: "lost", errorCode: "lost" } },
  { name: "pretended flood of log", fault: "floods_log", says: "xxx", expected: { state: "succeeded" } },
  { name: "pretended exit 1", fault: "exit_1", says: "hello", expected: failed("app_failed") },
  { name: "pretended no output", fault: "no_output", says: "hello", expected: failed("missing_output") },
  { name: "pretended 0-byte output", fault: "empty_output", says: "hello", expected: failed("invalid_output") },
  { name: "pretended corrupt output", fault: "corrupt_output", says: "hello", expected: failed("invalid_output") },
  {
    name: "pretended ignores TERM",
    fault: "ignores_term",
    manifest: { timeout: "12s" },
    says: "hello",
    expected: timedOut,
  },
  ...["provisioning", "booting", "installing"].map(staysIn),
];
