import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import type { exportQuery } from "../schema.ts";
import { streamObservations } from "../export-store.ts";
import { requireSensor } from "./get-sensor.ts";

const HEADER = "sensor,observed_property,unit,observed_at,value,flag,reason,dataset,source_file\r\n";
const FLUSH_CHARS = 64 * 1024;

/** Streams observations as CSV with unit, flag and the file each came from; memory stays flat for any length. */
export async function exportObservations(ctx: Ctx, sensorId: string, query: z.output<typeof exportQuery>): Promise<Response> {
  const sensor = await requireSensor(ctx, sensorId);
  const encoder = new TextEncoder();
  const rows = streamObservations(ctx, sensor.id, query);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(HEADER)),
    pull: async (controller) => {
      let text = "";
      while (text.length < FLUSH_CHARS) {
        const { value: row, done } = await rows.next();
        if (done) break;
        text += `${[sensor.code, ...row].map(cell).join(",")}\r\n`;
      }
      if (text) controller.enqueue(encoder.encode(text));
      else controller.close();
    },
    cancel: async () => {
      await rows.return(undefined);
    },
  });
  const fileName = encodeURIComponent(`${sensor.code}-${query.property ?? "observations"}.csv`);
  return new Response(body, {
    headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename*=UTF-8''${fileName}` },
  });
}

function cell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
