import type { RunTools } from "#lib/algorithms/define";
import { AppError } from "#lib/errors";
import { countOf } from "#lib/format/lists";
import { SessionCollection } from "./core/collect-sessions.ts";
import { trainSessionModel } from "./core/train-session-model.ts";
import type { SessionModel } from "./schema.ts";
import type { TrainSessionModelData, TrainSessionModelParams } from "./train-schema.ts";

/** Reading is about a third of the work. */
const READING = 0.3;

export async function runTrainSessionModel(
  params: TrainSessionModelParams,
  { batches, rowCount, datasets }: TrainSessionModelData,
  { rng, signal, onProgress, log }: Pick<RunTools, "rng" | "signal" | "onProgress" | "log">,
): Promise<SessionModel> {
  const collection = new SessionCollection(rng.fork("collect"));
  onProgress(0, "Read sessions");
  let rows = 0;
  for await (const batch of batches) {
    signal.throwIfAborted();
    collection.add(batch);
    rows += batch.rowCount;
    onProgress((READING * rows) / Math.max(1, rowCount));
  }
  log("info", `${countOf(collection.sessionCount, "session")} of ${countOf(collection.drivers.length, "driver")}`);
  const model = trainSessionModel(collection, params, {
    rng,
    onProgress: (fraction, step) => onProgress(READING + (1 - READING) * fraction, step),
    throwIfAborted: () => signal.throwIfAborted(),
  });
  for (const note of model.card.notes) log("warn", note);
  if (model.mixtures.length === 0) {
    const detail = `No segment has ${params.sessionsMin} sessions of ${params.groupSizeMin} drivers or more. Add sessions, or lower “Sessions at least”.`;
    throw new AppError("unprocessable", detail);
  }
  return { ...model, source: `Trained on ${datasets.join(", ")}`, card: { ...model.card, datasets } };
}
