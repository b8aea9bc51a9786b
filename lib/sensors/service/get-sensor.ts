import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { findObservedProperty } from "#lib/units/observed-properties";
import type { sensorDetail } from "../schema.ts";
import { findDatasetSource, findSensor, listDatastreams, listReferences, type SensorRecord } from "../store.ts";

export async function requireSensor(ctx: Ctx, sensorId: string): Promise<SensorRecord> {
  const sensor = await findSensor(ctx, sensorId);
  if (!sensor) throw new AppError("not_found", "There is no such sensor in this workspace.");
  return sensor;
}

/** One sensor with its quantities, nearest reference stations and the file its registration came from. */
export async function getSensor(ctx: Ctx, sensorId: string): Promise<z.input<typeof sensorDetail>> {
  const sensor = await requireSensor(ctx, sensorId);
  const [datastreams, references, registrySource] = await Promise.all([
    listDatastreams(ctx, sensor.id),
    listReferences(ctx, sensor.id),
    sensor.datasetId ? findDatasetSource(ctx, sensor.datasetId) : null,
  ]);
  return {
    ...sensor,
    since: sensor.state === "silent" ? sensor.lastObservedAt : null,
    datastreams: datastreams.map((stream) => ({
      ...stream,
      label: findObservedProperty(stream.observedProperty)?.label ?? stream.observedProperty,
      observationCount: Number(stream.observationCount),
    })),
    references,
    registrySource,
  };
}
