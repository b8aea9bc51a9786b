/** What a program may use. Whoever runs it enforces every one of these, or refuses to. */
export interface MachineLimits {
  timeoutS: number;
  /** Between TERM and KILL. */
  graceS: number;
  memoryMb: number;
  diskMb: number;
  processesMax: number;
}

/** One passage of an app: everything an executor needs, prepared and checked beforehand. */
export interface MachineJob {
  runId: string;
  workspaceId: string;
  /** Holds `app/` with code and input in it; the output is looked for there afterwards. */
  folder: string;
  /** Paths below `app/`. */
  entryPoint: string;
  outputPath: string;
  /** The app's own log, for executors that must bring it back. */
  logPath?: string | null;
  requirements: string | null;
  pythonVersion: string | null;
  /** With secrets opened: never logged, never in an argument list. */
  environment: Readonly<Record<string, string>>;
  /** What the app finds at `FIELDPORT_PARAMETERS`. */
  parametersJson: string;
  network: boolean;
  limits: MachineLimits;
}

/** A machine that is paid for from now on. */
export interface PaidMachine {
  isSpot: boolean;
  /** How many times the price of an hour it costs. */
  units: number;
}

export interface MachineWatch {
  /** Aborted to end the program early: TERM, grace, KILL of everything it started. */
  signal: AbortSignal;
  onStep: (step: "provisioning" | "installing" | "booting" | "running" | "terminating") => void;
  /** Awaited before the machine is used, so that its cost is known whatever becomes of it. */
  onMachine: (machine: PaidMachine) => Promise<void>;
  /** Bytes as the program wrote them, already in the order they came. Awaited, so a slow reader slows the writer. */
  onOutput: (chunk: Buffer) => Promise<void> | void;
  onMemory: (bytes: number) => void;
  /** What the runner itself has to say: the machine's log. */
  onNote: (text: string) => void;
}

/** How a passage ended, seen from outside. Whatever it was, nothing of it runs any more when this is answered. */
export type MachineEnd = {
  durationS: number;
  cpuS: number | null;
  peakMemoryBytes: number | null;
  /** The most that was seen in the folder the program can fill: looked at about once a second and at the end. */
  peakDiskBytes: number | null;
  /** "3.11" and what was installed, where it came that far. */
  python?: string;
  packages?: string[];
} & (
  | { how: "exited"; exitCode: number; signal: string | null }
  | { how: "killed"; why: "memory" | "disk" | "time" | "stopped" }
  | { how: "failed"; step: "provisioning" | "booting" | "installing"; detail: string; isTemporary: boolean }
  | { how: "lost"; detail: string }
);

/** A machine (or a group of processes that stands for one) that an executor knows of. */
export interface MachineRef {
  id: string;
  runId: string;
  startedAt: Date;
}

export type Availability = { isAvailable: true } | { isAvailable: false; reason: string };

/** A place where apps run. Machines of one executor are listed by it alone, so that orphans can be found. */
export interface Executor {
  name: "sandbox" | "ec2" | "batch" | "fake";
  /** Finds out ahead what every job needs to know of this machine. */
  prepare?: () => Promise<void>;
  availability: () => Promise<Availability>;
  run: (job: MachineJob, watch: MachineWatch) => Promise<MachineEnd>;
  listMachines: () => Promise<MachineRef[]>;
  terminate: (machine: MachineRef) => Promise<void>;
}
