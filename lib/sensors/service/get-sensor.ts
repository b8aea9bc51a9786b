import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
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
export async function getSensor(ctx: Ctx, sensorId: string): Promise<z.input<typeof sensorDetail>> {
  const sensor = await requireSensor(ctx, sensorId);
  const [datastreams, references, registrySource, evidence, verdictFlag, verdictRun] = await Promise.all([
    listDatastreams(ctx, sensor.id),
    listReferencesWithReadings(ctx, sensor.id),
    sensor.datasetId ? findDatasetSource(ctx, sensor.datasetId) : null,
    listEvidence(ctx, sensor.id),
    sensor.state === "fault" || sensor.state === "suspect" ? findVerdictFlag(ctx, sensor.id) : null,
    sensor.verdictRunId ? findVerdictRun(ctx, sensor.verdictRunId) : null,
  ]);
  return {
    ...sensor,
    reason: reasonOf(ctx, sensor),
    since: sensor.state === "silent" ? sensor.lastObservedAt : (verdictFlag?.startAt ?? null),
    verdictCheck: verdictFlag?.check ?? null,
    verdictRun,
    datastreams: datastreams
      .map((stream) => ({ ...withLabel(stream), observationCount: Number(stream.observationCount) }))
      .sort(byInterest),
    references,
    evidence: evidence.map(withLabel),
    registrySource,
  };
}

async function listReferencesWithReadings(ctx: Ctx, sensorId: string) {
  const references = await listReferences(ctx, sensorId);
  const readings = await listLatestReadings(
    ctx,
    references.map(({ id }) => id),
  );
  return references.map((reference) => ({ ...reference, readings: presentReadings(readings.get(reference.id)) }));
}
