import type { Executor } from "../executor.ts";
import type { Cloud } from "./cloud.ts";
import { PACE, runRemotely, type Pace } from "./run-remotely.ts";

/** Makes a way to get machines into a place where apps run. */
export function remoteExecutor(cloud: Cloud, pace: Pace = PACE): Executor {
  return {
    name: cloud.name,
    availability: cloud.availability,
    run: (job, watch) => runRemotely(cloud, { job, watch, pace }),
    listMachines: cloud.list,
    terminate: ({ id }) => cloud.terminate(id),
  };
}
