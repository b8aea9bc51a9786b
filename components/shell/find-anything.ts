import { Database, Radio, type LucideIcon } from "lucide-react";
import { z } from "zod";

const sensors = z.object({ items: z.array(z.object({ id: z.string(), code: z.string(), name: z.string() })) });
const datasets = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

export interface Found {
  href: string;
  label: string;
  note: string;
  icon: LucideIcon;
}

async function get(path: string): Promise<unknown> {
  const answer = await fetch(path, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`The search answered ${answer.status}.`);
  return answer.json();
}

/** Sensors and datasets whose names hold `text`. Throws when neither list can be read. */
export async function findAnything(text: string): Promise<Found[]> {
  const [byName, tables] = await Promise.allSettled([
    get(`/api/v1/sensors?limit=6&q=${encodeURIComponent(text)}`),
    get("/api/v1/datasets?limit=50"),
  ]);
  if (byName.status === "rejected" && tables.status === "rejected") throw byName.reason;
  const lower = text.toLowerCase();
  const foundSensors = byName.status === "fulfilled" ? sensors.safeParse(byName.value).data?.items : undefined;
  const foundTables = tables.status === "fulfilled" ? datasets.safeParse(tables.value).data?.items : undefined;
  return [
    ...(foundSensors ?? []).map((sensor) => ({
      href: `/sensors/${sensor.id}`,
      label: sensor.code,
      note: sensor.name,
      icon: Radio,
    })),
    ...(foundTables ?? [])
      .filter((dataset) => dataset.name.toLowerCase().includes(lower))
      .slice(0, 6)
      .map((dataset) => ({ href: `/datasets/${dataset.id}`, label: dataset.name, note: "dataset", icon: Database })),
  ];
}
