import { feature, merge, mesh } from "topojson-client";
import type { MultiPolygon, Polygon, Position as GeoPosition } from "geojson";
import type {
  GeometryCollection,
  MultiPolygon as TopoMultiPolygon,
  Polygon as TopoPolygon,
  Topology,
} from "topojson-specification";
import { toMercator } from "#lib/geo/mercator";
import type { BasemapGeometry } from "./cut-tiles.ts";
import { rectOf } from "./clip.ts";
import { labelPlace } from "./label-place.ts";
import { NearLines } from "./near-lines.ts";
import { simplifyLine, simplifyRing } from "./simplify.ts";
import type { BasemapLabel, BasemapLabelKind } from "./tile.ts";

export interface Named {
  name?: string;
}
/** world-atlas: countries with an ISO 3166 numeric id and an English name. */
export type WorldAtlas = Topology<{ countries: GeometryCollection<Named> }>;
/** us-atlas: counties and states with FIPS codes and names, and the nation cut at its shores. */
export type UsAtlas = Topology<{
  nation: GeometryCollection<Named>;
  states: GeometryCollection<Named>;
  counties: GeometryCollection<Named>;
}>;

export interface GeneraliseOptions {
  /** Simplification of the US shapes in degrees, to match the scale of the world's; 0 keeps every point. */
  usToleranceDeg: number;
  withStates: boolean;
  withCounties: boolean;
  labels: BasemapLabel[];
}

/** The United States and the territories that the US atlas draws better (it knows the Great Lakes' shores). */
const US_IDS = new Set(["840", "630", "850", "316", "016", "580"]);

type AnyPolygon = TopoPolygon<Named> | TopoMultiPolygon<Named>;

/** One generalisation of the world, with the United States taken from the US atlas, on the unit square. */
export function generalise(world: WorldAtlas, us: UsAtlas, options: GeneraliseOptions): BasemapGeometry {
  const { usToleranceDeg: tolerance } = options;
  const countries = world.objects.countries;
  const isUs = (geometry: object) => "id" in geometry && US_IDS.has(String(geometry.id));
  const others = countries.geometries.filter(
    (geometry): geometry is AnyPolygon => !isUs(geometry) && isPolygon(geometry),
  );
  const usRings = ringsOf(feature(us, us.objects.nation).features.map(({ geometry }) => geometry))
    .map((ring) => (tolerance > 0 ? simplifyRing(ring, tolerance) : ring))
    .filter((ring) => ring.length >= 6);
  const usBorder = mesh(world, countries, (a, b) => a !== b && isUs(a) !== isUs(b)).coordinates.map(flat);
  const worldCoast = mesh(world, countries, (a, b) => a === b && !isUs(a)).coordinates.map(flat);
  const usLines = (lines: GeoPosition[][]) => onWorld(lines.map(flat).map((line) => simplifyLine(line, tolerance)));
  const states = us.objects.states;
  const counties = us.objects.counties;
  return {
    land: onWorld([...ringsOf([merge(world, others)]), ...usRings]),
    coast: onWorld([
      ...worldCoast,
      ...new NearLines(usBorder, Math.max(0.05, tolerance * 3)).remove(usRings.map(closed)),
    ]),
    borders: mesh(world, countries, (a, b) => a !== b)
      .coordinates.map(flat)
      .map(projected),
    states: options.withStates ? usLines(mesh(us, states, (a, b) => a !== b).coordinates) : [],
    counties: options.withCounties ? usLines(mesh(us, counties, withinState).coordinates) : [],
    labels: options.labels,
  };
}

function isPolygon(geometry: { type: string | null }): boolean {
  return geometry.type === "Polygon" || geometry.type === "MultiPolygon";
}

/** Borders between counties of one state; those between states are drawn with the states. */
function withinState(a: object, b: object): boolean {
  const stateOf = (geometry: object) => ("id" in geometry ? String(geometry.id).slice(0, 2) : "");
  return a !== b && stateOf(a) === stateOf(b);
}

/** Names with the place and the zoom from which they fit. */
export function labelsOf(
  topology: Topology,
  collection: GeometryCollection<Named>,
  kind: BasemapLabelKind,
): BasemapLabel[] {
  return feature(topology, collection).features.flatMap(({ geometry, properties }) => {
    const text = properties.name;
    const rings = ringsOf([geometry]).map(projected);
    const largest = rings.reduce<number[]>((a, b) => (Math.abs(area(b)) > Math.abs(area(a)) ? b : a), []);
    const place = text && largest.length > 0 ? labelPlace(largest) : null;
    if (!text || !place) return [];
    const widthPx = text.length * 6.2;
    const fromZoom = Math.log2((0.8 * widthPx) / (2 * place.clearance * 256));
    return [{ x: place.x, y: place.y, text, fromZoom: Math.round(fromZoom * 10) / 10, kind }];
  });
}

/** Outer rings clockwise on the map, holes the other way round, so that overlapping tiles fill by the nonzero rule. */
function ringsOf(geometries: (Polygon | MultiPolygon | { type: string })[]): number[][] {
  return geometries.flatMap((geometry) => {
    if (!("coordinates" in geometry)) return [];
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return polygons.flatMap((rings) => rings.map((ring, i) => oriented(open(flat(ring)), i === 0)));
  });
}

function oriented(ring: number[], outer: boolean): number[] {
  if (area(ring) > 0 === outer) return ring;
  const reversed: number[] = [];
  for (let i = ring.length - 2; i >= 0; i -= 2) reversed.push(ring[i]!, ring[i + 1]!);
  return reversed;
}

function area(ring: number[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += ring[i]! * ring[j + 1]! - ring[j]! * ring[i + 1]!;
  }
  return sum / 2;
}

/** Flat coordinates without jumps: a line that crosses the antimeridian goes on beyond ±180°. */
function flat(line: GeoPosition[]): number[] {
  let turn = 0;
  let previous: number | null = null;
  return line.flatMap(([lon = 0, lat = 0]) => {
    if (previous !== null && lon - previous > 180) turn -= 360;
    if (previous !== null && lon - previous < -180) turn += 360;
    previous = lon;
    return [lon + turn, lat];
  });
}

/** The shape once for every world it reaches into, so that the part beyond ±180° also shows on the other side. */
function inOneWorld(points: number[]): number[][] {
  const { minX, maxX } = rectOf(points);
  const turns = [-1, 0, 1].filter((turn) => maxX + turn > 0 && minX + turn < 1);
  return turns.map((turn) => points.map((value, i) => (i % 2 === 0 ? value + turn : value)));
}

function onWorld(lines: number[][]): number[][] {
  return lines.map(projected).flatMap(inOneWorld);
}

/** Without the repeated first point. A ring around a pole ends a turn away from its start and is closed along the map's edge. */
function open(ring: number[]): number[] {
  const turned = ring[ring.length - 2]! - ring[0]!;
  if (Math.abs(turned) > 180) {
    const edge = ring[1]! < 0 ? -90 : 90;
    return [...ring, ring[ring.length - 2]!, edge, ring[0]!, edge];
  }
  const closedRing = ring[0] === ring[ring.length - 2] && ring[1] === ring[ring.length - 1];
  return closedRing ? ring.slice(0, -2) : ring;
}

function closed(ring: number[]): number[] {
  return [...ring, ...ring.slice(0, 2)];
}

function projected(points: number[]): number[] {
  const result: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const { x, y } = toMercator({ lon: points[i]!, lat: points[i + 1]! });
    result.push(x, y);
  }
  return result;
}
