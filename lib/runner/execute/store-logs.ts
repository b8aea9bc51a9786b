import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { RunScope } from "#lib/algorithms/io";
import { messageOf } from "#lib/errors";
import { log as systemLog } from "#lib/log";
import type { AppManifest } from "../core/manifest.ts";
import { LineStream } from "../core/line-stream.ts";
import type { Redactor } from "../core/redact.ts";
import { storeLogsS } from "../core/times.ts";
import type { ExecutionChange } from "../execution-store.ts";
import { CappedLog } from "./capped-log.ts";
import { takeOut } from "./collect.ts";
import type { RunLog } from "./run-log.ts";
import { storeRunFile } from "./store-run-file.ts";

interface Finished {
  log: RunLog;
  place: { appFolder: string; tempDir: string };
  manifest: AppManifest;
  redactor: Redactor;
  /** Keep what there is of an output, too. */
  isPartial: boolean;
}

/** Stores the logs, each on its own: one that cannot be stored does not keep back the others. */
export async function storeLogs({ ctx, runId }: RunScope, finished: Finished): Promise<ExecutionChange> {
  const { log, place, manifest, redactor } = finished;
  const { tempDir } = place;
  const stored: ExecutionChange = {};
  const until = AbortSignal.timeout(storeLogsS * 1000);
  const keep = async (name: string, work: () => Promise<void>) => {
    await Promise.race([work(), rejectAt(until)]).catch((error: unknown) => {
      systemLog.warn("runner.file_not_stored", { runId, file: name, error: redactor.redact(messageOf(error)) });
    });
  };
  await keep("app log", async () => {
    const path = manifest.log === null ? null : await takeLog(finished, manifest.log);
    if (path) stored.appLogId = await storeRunFile(ctx, runId, { path, fileName: "app.log", mediaType: "text/plain" });
  });
  if (finished.isPartial) {
    await keep("partial output", async () => {
      const path = await takeOut(place, manifest.output, "partial.zip");
      const file = { fileName: "partial.zip", mediaType: "application/zip" };
      if (path) stored.partialId = await storeRunFile(ctx, runId, { path, ...file });
    });
  }
  await keep("machine log", async () => {
    await log.close();
    const file = { path: join(tempDir, "machine.log"), fileName: "machine.log", mediaType: "text/plain" };
    stored.machineLogId = await storeRunFile(ctx, runId, file);
  });
  return stored;
}

/** A copy of the app's own log with nothing secret in it and of bounded size; null when it wrote none. */
async function takeLog({ place, redactor }: Finished, path: string): Promise<string | null> {
  const raw = await takeOut(place, path, "app.raw.log");
  if (!raw) return null;
  const target = join(place.tempDir, "app.log");
  const file = new CappedLog(target);
  const lines = new LineStream(redactor);
  for await (const chunk of createReadStream(raw, { encoding: "utf8" })) {
    for (const line of lines.push(String(chunk))) await file.write(`${line}\n`);
  }
  for (const line of lines.end()) await file.write(line);
  return (await file.close()) > 0 ? target : null;
}

function rejectAt(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new Error(`storing took longer than ${storeLogsS} s`));
    if (signal.aborted) fail();
    signal.addEventListener("abort", fail);
  });
}
