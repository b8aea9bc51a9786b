import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { z } from "zod";
import { CountyIndex } from "#lib/geo/county-index";

const atlas = z.object({
  objects: z.object({
    counties: z.object({
      geometries: z.array(z.object({ id: z.string(), properties: z.object({ name: z.string() }) })),
    }),
  }),
});

let index: CountyIndex | null = null;

/** The counties of the atlas that the map draws, by name; read once per process, some 20 ms. */
export function readCountyIndex(): CountyIndex {
  if (index === null) {
    const path = createRequire(import.meta.url).resolve("us-atlas/counties-10m.json");
    const { geometries } = atlas.parse(JSON.parse(readFileSync(path, "utf8"))).objects.counties;
    index = new CountyIndex(geometries.map(({ id, properties }) => ({ fips: id.padStart(5, "0"), ...properties })));
  }
  return index;
}
