/** Cuts the offline basemap and the counties from world-atlas (Natural Earth) and us-atlas (US Census Bureau) into public/basemap. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cutTiles } from "#lib/maps/basemap/cut-tiles";
import { generalise, labelsOf, type UsAtlas, type WorldAtlas } from "#lib/maps/basemap/generalise";
import { tilePath } from "#lib/maps/basemap/tile";
import { cutCounties } from "#lib/maps/regions/cut-regions";

const require = createRequire(import.meta.url);
const target = join(import.meta.dirname, "..", "public", "basemap");

/** The packages are pinned, so their files are trusted to be what their name says once they are a topology. */
function readTopology<T extends WorldAtlas | UsAtlas>(file: string, hasObjects: (value: object) => value is T): T {
  const value: unknown = JSON.parse(readFileSync(require.resolve(file), "utf8"));
  if (typeof value !== "object" || value === null || !hasObjects(value)) throw new Error(`${file} is not as expected`);
  return value;
}

function isWorld(value: object): value is WorldAtlas {
  return (
    "objects" in value && typeof value.objects === "object" && value.objects !== null && "countries" in value.objects
  );
}

function isUs(value: object): value is UsAtlas {
  return (
    "objects" in value && typeof value.objects === "object" && value.objects !== null && "counties" in value.objects
  );
}

const us = readTopology("us-atlas/counties-10m.json", isUs);
const worlds = ["110m", "50m", "10m"].map((scale) => readTopology(`world-atlas/countries-${scale}.json`, isWorld));
const [, medium] = worlds;
const countryLabels = medium ? labelsOf(medium, medium.objects.countries, "country") : [];
const stateLabels = labelsOf(us, us.objects.states, "state");
const countyLabels = labelsOf(us, us.objects.counties, "county");

const options = [
  { usToleranceDeg: 0.25, withStates: false, withCounties: false, labels: countryLabels },
  { usToleranceDeg: 0.04, withStates: true, withCounties: false, labels: [...countryLabels, ...stateLabels] },
  {
    usToleranceDeg: 0,
    withStates: true,
    withCounties: true,
    labels: [...countryLabels, ...stateLabels, ...countyLabels],
  },
];

rmSync(target, { recursive: true, force: true });
let files = 0;
let sizeBytes = 0;
worlds.forEach((world, level) => {
  const chosen = options[level];
  if (!chosen) return;
  for (const [address, tile] of cutTiles(generalise(world, us, chosen), level)) {
    const path = join(target, tilePath(address));
    const text = JSON.stringify(tile);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    files += 1;
    sizeBytes += text.length;
  }
});
for (const [state, counties] of cutCounties(us)) {
  const path = join(target, "counties", `${state}.json`);
  const text = JSON.stringify(counties);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  files += 1;
  sizeBytes += text.length;
}
console.log(`Basemap: ${files} files, ${(sizeBytes / 1e6).toFixed(1)} MB in ${target}`);
