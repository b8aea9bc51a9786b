import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { parseBbox } from "#lib/geo/bbox";
import type { Page } from "#lib/http/pagination";
import { listSensors, type ListedRecord } from "../list-store.ts";
import type { listedSensor, listSensorsQuery } from "../schema.ts";
import { presentReadings, reasonOf } from "./present.ts";

/** Sensors that match, by id, with their latest values. */
export async function listSensorsPage(
  ctx: Ctx,
  query: z.output<typeof listSensorsQuery>,
): Promise<Page<z.input<typeof listedSensor>>> {
  const { cursor, limit, bbox, ...filter } = query;
  const page = await listSensors(ctx, {
    filter,
    bbox: bbox === undefined ? undefined : parseBbox(bbox),
    cursor,
    limit,
  });
  return { items: page.items.map((row) => present(ctx, row)), nextCursor: page.nextCursor };
}

function present(ctx: Ctx, row: ListedRecord): z.input<typeof listedSensor> {
  return { ...row, reason: reasonOf(ctx, row), readings: presentReadings(row.readings) };
}
