import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { defineAlgorithmIo } from "#lib/algorithms/io";
import { solveLinearProgram } from "#lib/math/linear-program/solve";
import { storeArtifact } from "#lib/runs/execute/store-artifact";
import { readSessions, readTariff } from "../read-sessions.ts";
import type { SessionInputs } from "../session-inputs.ts";
import type { OptimiseChargingData, OptimiseChargingParams, OptimiseChargingResult } from "./schema.ts";

type OpenData = OptimiseChargingData & { closeFile: () => Promise<{ path: string }> };

export const optimiseChargingIo = defineAlgorithmIo<
  SessionInputs,
  OptimiseChargingParams,
  OpenData,
  OptimiseChargingResult
>({
  open: async (scope, { inputs }) => {
    const table = await readSessions(scope, inputs);
    const tariff = await readTariff(scope, inputs);
    const path = join(scope.tempDir, "schedules.csv");
    const file = createWriteStream(path);
    const ended = finished(file);
    // Whoever writes next, or closes, meets the error.
    ended.catch(() => undefined);
    return {
      table,
      tariff,
      solve: solveLinearProgram,
      writeText: async (text) => {
        if (!file.write(text)) await Promise.race([once(file, "drain"), ended]);
      },
      closeFile: async () => {
        file.end();
        await ended;
        return { path };
      },
    };
  },
  commit: async (scope, { data, result }) => {
    const { path } = await data.closeFile();
    const file = { path, fileName: "schedules.csv", mediaType: "text/csv", direction: "output" as const };
    result.artifactId = (await storeArtifact(scope, file)).id;
  },
});
