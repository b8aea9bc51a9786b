import { z } from "zod";
import { AppError, type FieldError } from "#lib/errors";
import { findShapeFault } from "./check-shape.ts";
import type { GeofenceShape, Vertex } from "./geofence.ts";

/** Areas in one file: as many as a workspace may have. */
const AREAS_MAX = 500;
const NAME_MAX = 80;

export interface NamedShape {
  name: string;
  shape: GeofenceShape;
}

const position = z.tuple([z.number(), z.number()], z.number());
const ring = z.array(position).min(1);
const geometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Polygon"), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(ring).min(1)).min(1) }),
  z.object({ type: z.literal("Point"), coordinates: position }),
]);
const feature = z.object({
  type: z.literal("Feature"),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.unknown(),
});
const collection = z.object({ type: z.literal("FeatureCollection"), features: z.array(feature).min(1) });

/**
 * Reads the areas of a GeoJSON text: polygons, each part of a multi-polygon, and points with a property `radiusM`
 * (or `radius`), metres, as circles. Names come from the property `name`. Throws `unprocessable` saying which are wrong.
 */
export function readGeoJson(text: string, fallbackName: string): NamedShape[] {
  const value = parseJson(text);
  const all = collection.safeParse(value);
  const one = feature.safeParse(value);
  const features = all.success ? all.data.features : one.success ? [one.data] : [{ properties: null, geometry: value }];
  if (features.length > AREAS_MAX)
    throw refuse(`It holds ${features.length} areas, at most ${AREAS_MAX} are read at once.`);
  const faults: FieldError[] = [];
  const found = features.flatMap(({ properties, geometry: own }, index) => {
    const number = features.length === 1 ? "" : ` ${index + 1}`;
    const given = typeof properties?.name === "string" ? properties.name.trim().slice(0, NAME_MAX) : "";
    const name = given === "" ? `${fallbackName}${number}` : given;
    const read = shapesOf(own, properties ?? {});
    const shapes = typeof read === "string" ? [] : read;
    const fault = typeof read === "string" ? read : shapes.map(findShapeFault).find((words) => words !== null);
    if (fault) faults.push({ pointer: `/features/${index}`, detail: `${name}: ${fault}` });
    return shapes.map((shape, part) => ({ name: shapes.length === 1 ? name : `${name} ${part + 1}`, shape }));
  });
  const [first] = faults;
  if (!first) return found;
  if (faults.length === 1) throw refuse(first.detail, faults);
  throw refuse(`${faults.length} of ${features.length} areas cannot be used, so none was added.`, faults);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("unprocessable", "This is not JSON. Paste the whole text of a GeoJSON file.", { cause: error });
  }
}

/** The shapes of a geometry, or why there is none. */
function shapesOf(value: unknown, properties: Record<string, unknown>): GeofenceShape[] | string {
  const read = geometry.safeParse(value);
  if (!read.success) return "It is no Polygon, MultiPolygon or Point with coordinates.";
  const { data } = read;
  if (data.type === "Polygon") return [polygon(data.coordinates)];
  if (data.type === "MultiPolygon") return data.coordinates.map(polygon);
  const radiusM = properties.radiusM ?? properties.radius;
  if (typeof radiusM !== "number") return "It is a point: its property radiusM says how far it reaches, in metres.";
  const [lon, lat] = data.coordinates;
  return [{ kind: "circle", lat, lon, radiusM }];
}

/** GeoJSON repeats a ring's first position at its end. */
function polygon(rings: readonly (readonly (readonly number[])[])[]): GeofenceShape {
  return {
    kind: "polygon",
    rings: rings.map((positions) => {
      const vertices = positions.map(([lon = NaN, lat = NaN]): Vertex => [lon, lat]);
      const [first, last] = [vertices[0], vertices.at(-1)];
      const isClosed = vertices.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
      return isClosed ? vertices.slice(0, -1) : vertices;
    }),
  };
}

function refuse(detail: string, fields: FieldError[] = [{ pointer: "/text", detail }]): AppError {
  return new AppError("unprocessable", detail, { fields });
}

/** The shapes as a GeoJSON text that `readGeoJson` reads back the same. */
export function writeGeoJson(shapes: readonly NamedShape[]): string {
  return `{"type":"FeatureCollection","features":[\n${shapes.map((shape) => JSON.stringify(toFeature(shape))).join(",\n")}\n]}\n`;
}

function toFeature({ name, shape }: NamedShape): Record<string, unknown> {
  if (shape.kind === "circle") {
    const { lat, lon, radiusM } = shape;
    return { type: "Feature", properties: { name, radiusM }, geometry: { type: "Point", coordinates: [lon, lat] } };
  }
  const coordinates = shape.rings.map((vertices) => [...vertices, vertices[0]]);
  return { type: "Feature", properties: { name }, geometry: { type: "Polygon", coordinates } };
}
