import { z } from "zod";
import type { Position } from "#lib/geo/position";

/** What a thing on the map is like right now; the order is the order of drawing, later ones on top. */
export const MAP_STATES = ["good", "recovered", "silent", "suspect", "fault", "reference"] as const;

export const mapState = z.enum(MAP_STATES);
export type MapState = z.infer<typeof mapState>;

const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);

export const mapBbox = z.object({ west: longitude, south: latitude, east: longitude, north: latitude });

/** How many members a cluster has in each state; states without members may be absent. */
export const stateCounts = z.partialRecord(mapState, z.int().min(0));
export type StateCounts = z.infer<typeof stateCounts>;

/** How many members a cluster has of each kind, by the kind's number; kinds without members are absent. */
const kindCounts = z.record(z.string(), z.int().min(1));
export type KindCounts = z.infer<typeof kindCounts>;

export const mapPoint = z.object({
  kind: z.literal("point"),
  id: z.string(),
  lat: latitude,
  lon: longitude,
  state: mapState,
  /** What people call it; the id when absent. */
  label: z.string().optional(),
  /** One short line for the tooltip and the screen reader, for example "drift for 9 days". */
  detail: z.string().optional(),
  /** Latest value for value colouring, in the unit of the value domain; null is "no value". */
  value: z.number().nullable().optional(),
  /** Where it moves to, degrees clockwise from north: drawn as an arrow. */
  headingDeg: z.number().optional(),
  /** The word for its state when it is not the usual one, for example "Over limit". */
  stateWord: z.string().optional(),
});
export type MapPoint = z.infer<typeof mapPoint>;

export const mapCluster = z.object({
  kind: z.literal("cluster"),
  id: z.string(),
  lat: latitude,
  lon: longitude,
  count: z.int().min(2),
  byState: stateCounts,
  /** The smallest box around the members: where opening the cluster leads. */
  bbox: mapBbox,
  /** Mean of the members' values, when there are any. */
  value: z.number().nullable().optional(),
  /** When the values are kinds; those of none are in no count. */
  byKind: kindCounts.optional(),
});
export type MapCluster = z.infer<typeof mapCluster>;

export const mapItem = z.discriminatedUnion("kind", [mapPoint, mapCluster]);
export type MapItem = z.infer<typeof mapItem>;

/** Where something has been, oldest position first. */
export interface MapTrack {
  id: string;
  state: MapState;
  positions: readonly { lat: number; lon: number }[];
}

/** A named area, outlined and lightly filled: its border, then holes; the first position of a ring is not repeated. */
export interface MapArea {
  id: string;
  label: string;
  rings: readonly (readonly Position[])[];
}

/** A place of a draft that can be dragged. */
export interface MapHandle extends Position {
  id: string;
  /** `corner` and `centre` are there; `middle` becomes a corner when it is dragged; `rim` sets a radius. */
  kind: "corner" | "middle" | "centre" | "rim";
  /** The corner before a middle: where the two are too near each other on the screen, the middle is left out. */
  after?: Position;
}

/** An area while somebody draws or changes it. */
export interface MapDraft {
  rings: readonly (readonly Position[])[];
  handles: readonly MapHandle[];
  /** A click adds to it: the last position is not joined with the first yet. */
  isOpen: boolean;
  isFaulty: boolean;
}

/** The range of the value colours; values outside it take the end classes. */
export const valueDomain = z
  .object({
    min: z.number(),
    max: z.number(),
    unit: z.string(),
    label: z.string(),
    /** Names of the values 1, 2, 3 … when they are kinds and no amounts; six at most. */
    categories: z.array(z.string()).max(6).optional(),
  })
  .refine((domain) => domain.max > domain.min, { error: "the domain needs a maximum above its minimum" });
export type ValueDomain = z.infer<typeof valueDomain>;

export const mapView = z.union([
  z.object({ lat: latitude, lon: longitude, zoom: z.number().min(0).max(22) }),
  z.object({ bbox: mapBbox }),
]);
export type MapView = z.infer<typeof mapView>;

/** A map as data: what an algorithm's view or a stored result asks to be drawn. */
export const mapSpec = z.object({
  kind: z.literal("map"),
  title: z.string(),
  /** One sentence that says what the map shows, for people who do not see it. */
  summary: z.string(),
  items: z.array(mapItem),
  initialView: mapView.optional(),
  colourBy: z.enum(["state", "value"]).default("state"),
  valueDomain: valueDomain.optional(),
});
export type MapSpec = z.infer<typeof mapSpec>;

/** A raster tile server; `{s}`, `{z}`, `{x}`, `{y}` and `{r}` stand for the tile. */
export interface MapTiles {
  url: string;
  attribution: string;
  maxZoom?: number;
}
