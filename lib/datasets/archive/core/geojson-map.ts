import { z } from "zod";
import { AppError } from "#lib/errors";
import { bboxOf } from "#lib/geo/bbox";
import { isValidPosition, type Position } from "#lib/geo/position";
import type { MapPreview } from "../schema.ts";

const FEATURES_MAX = 5_000;
const POSITIONS_MAX = 100_000;

const coordinate = z.array(z.number()).min(2);
const geometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Point"), coordinates: coordinate }),
  z.object({ type: z.literal("MultiPoint"), coordinates: z.array(coordinate) }),
  z.object({ type: z.literal("LineString"), coordinates: z.array(coordinate) }),
  z.object({ type: z.literal("MultiLineString"), coordinates: z.array(z.array(coordinate)) }),
  z.object({ type: z.literal("Polygon"), coordinates: z.array(z.array(coordinate)) }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(z.array(coordinate))) }),
]);
type Geometry = z.output<typeof geometry>;
const feature = z.object({
  type: z.literal("Feature"),
  geometry: geometry.nullable(),
  properties: z.record(z.string(), z.unknown()).nullish(),
});
const collection = z.object({ type: z.literal("FeatureCollection"), features: z.array(z.unknown()) });

/**
 * The points, lines and edges of areas of a GeoJSON file, as many as a map shows at ease. Coordinates outside of
 * degrees are left out: they belong to another reference system.
 * @throws AppError `unprocessable` for what is no GeoJSON
 */
export function readGeoJsonMap(text: string): MapPreview {
  const features = featuresOf(text);
  const found: Pick<MapPreview, "points" | "lines"> = { points: [], lines: [] };
  let positions = 0;
  let read = 0;
  for (const each of features.slice(0, FEATURES_MAX)) {
    if (positions > POSITIONS_MAX) break;
    read += 1;
    if (each.geometry === null) continue;
    const lines = linesOf(each.geometry).map(toPositions);
    positions += lines.reduce((sum, line) => sum + line.length, 0);
    const isPoint = each.geometry.type === "Point" || each.geometry.type === "MultiPoint";
    if (isPoint) found.points.push(...lines.flat().map((place) => ({ ...place, label: labelOf(each, read) })));
    else found.lines.push(...lines.filter((line) => line.length > 1));
  }
  const bbox = bboxOf([...found.points, ...found.lines.flat()]);
  return { kind: "map", ...found, bbox, featureCount: features.length, isCut: read < features.length };
}

type Feature = z.output<typeof feature>;

function featuresOf(text: string): Feature[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? ` (${error.message})` : "";
    throw new AppError("unprocessable", `This is no valid JSON${said}.`, { cause: error });
  }
  const whole = collection.safeParse(value);
  if (whole.success) {
    return whole.data.features.flatMap((each) => {
      const one = feature.safeParse(each);
      return one.success ? [one.data] : [];
    });
  }
  const one = feature.safeParse(value);
  if (one.success) return [one.data];
  const bare = geometry.safeParse(value);
  if (bare.success) return [{ type: "Feature", geometry: bare.data, properties: null }];
  throw new AppError(
    "unprocessable",
    "This is JSON, but no GeoJSON: a FeatureCollection, Feature or geometry is needed.",
  );
}

function linesOf(shape: Geometry): number[][][] {
  switch (shape.type) {
    case "Point":
      return [[shape.coordinates]];
    case "MultiPoint":
    case "LineString":
      return [shape.coordinates];
    case "MultiLineString":
    case "Polygon":
      return shape.coordinates;
    case "MultiPolygon":
      return shape.coordinates.flat();
  }
}

const toPositions = (line: number[][]): Position[] =>
  line.map(([lon, lat]) => ({ lat: lat ?? Number.NaN, lon: lon ?? Number.NaN })).filter(isValidPosition);

function labelOf({ properties }: Feature, number: number): string {
  for (const name of ["name", "title", "label", "id"]) {
    const value = properties?.[name];
    if (typeof value === "string" || typeof value === "number") return String(value).slice(0, 80);
  }
  return `Feature ${number}`;
}
