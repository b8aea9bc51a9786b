import { checkWord } from "../pages/words.ts";
import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { listLatestReadings } from "../list-store.ts";
import type { sensorDetail } from "../schema.ts";
import {
  findDatasetSource,
  findSensor,
  findVerdictRun,
  findVerdictFlag,
  listDatastreams,
  listEvidence,
  listReferences,
  type SensorRecord,
} from "../store.ts";
import { byInterest, presentReadings, reasonOf, withLabel } from "./present.ts";

export async function requireSensor(ctx: Ctx, sensorId: string): Promise<SensorRecord> {
  const sensor = await findSensor(ctx, sensorId);
  if (!sensor) throw new AppError("not_found", "There is no such sensor in this workspace.");
  return sensor;
}

/** One sensor with its quantities, why its state is what it is, nearest reference stations and where it came from. */
export function getSensor(ctx: Ctx, sensorId: string): Promise<z.input<typeof sensorDetail>> {
  // One transaction and one connection for all the small questions, asked one after the other.
  return inWorkspace(ctx, async () => {
    const sensor = await requireSensor(ctx, sensorId);
    const isFlagged = sensor.state === "fault" || sensor.state === "suspect";
    const flag = isFlagged ? await findVerdictFlag(ctx, sensor.id) : null;
    const datastreams = await listDatastreams(ctx, sensor.id);
    return {
      ...sensor,
      reason: reasonOf(ctx, sensor),
      since: flag?.startAt ?? sensor.since,
      verdictCheck: flag ? checkWord(flag.check) : null,
      verdictRun: sensor.verdictRunId ? await findVerdictRun(ctx, sensor.verdictRunId) : null,
      datastreams: datastreams
        .map((stream) => ({ ...withLabel(stream), observationCount: Number(stream.observationCount) }))
        .sort(byInterest),
      references: await listReferencesWithReadings(ctx, sensor.id),
      evidence: (await listEvidence(ctx, sensor.id)).map(withLabel),
      registrySource: sensor.datasetId ? await findDatasetSource(ctx, sensor.datasetId) : null,
    };
  });
}

async function listReferencesWithReadings(ctx: Ctx, sensorId: string) {
  const references = await listReferences(ctx, sensorId);
  const ids = references.map(({ id }) => id);
  const readings = await listLatestReadings(ctx, ids);
  return references.map((reference) => ({ ...reference, readings: presentReadings(readings.get(reference.id)) }));
}
