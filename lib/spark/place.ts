/** An object of the bucket, or a file of this machine. */
export type SparkInput = { objectKey: string } | { path: string };

export interface SparkAddresses {
  inputs: string[];
  /** A folder for each of the result's tables is made in it. */
  output: string;
  /** For what the program keeps on its way; removed afterwards. */
  kept: string;
}

/** One program for Spark: a Python file that is given the address of a JSON text, its request. */
export interface SparkJob {
  runId: string;
  workspaceId: string;
  script: string;
  inputs: readonly SparkInput[];
  request: (addresses: SparkAddresses) => object;
  /** Private to the run; what Spark wrote lies in `output/` of it afterwards. */
  folder: string;
  timeoutS: number;
}

export interface SparkWatch {
  /** Aborted to end the program early. */
  signal: AbortSignal;
  log: (level: "info" | "warn" | "error", text: string) => void;
  onStep: (step: string) => void;
  /** Resident bytes on this machine; a cluster's are not told. */
  onMemory: (bytes: number) => void;
}

/** Where Spark is. Nothing of a job runs any more when `run` has answered, or it has said that the reaper must end it. */
export interface SparkPlace {
  /** As a person calls it: "EMR Serverless". */
  title: string;
  /** @throws RunFailure saying why there is no output */
  run: (job: SparkJob, watch: SparkWatch) => Promise<void>;
}
