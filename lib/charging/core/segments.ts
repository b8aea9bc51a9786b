/** Where and how people charge; every session belongs to one. */
export const SEGMENTS = ["residential_l1", "residential_l2", "residential_mud", "work", "public_l2", "fast"] as const;
export type Segment = (typeof SEGMENTS)[number];

interface SegmentFacts {
  label: string;
  /** Power while charging. */
  powerKw: number;
  /** More energy than this in one session is cut. */
  energyKwhMax: number;
}

/** Powers and limits of the segments; a fast charger is a share of its plate's power over a session. */
export const SEGMENT_FACTS: Readonly<Record<Segment, SegmentFacts>> = {
  residential_l1: { label: "Residential L1", powerKw: 1.4, energyKwhMax: 40 },
  residential_l2: { label: "Residential L2", powerKw: 6.6, energyKwhMax: 75 },
  residential_mud: { label: "Residential MUD", powerKw: 6.6, energyKwhMax: 75 },
  work: { label: "Workplace", powerKw: 6.6, energyKwhMax: 75 },
  public_l2: { label: "Public L2", powerKw: 6.6, energyKwhMax: 75 },
  fast: { label: "Fast", powerKw: 150, energyKwhMax: 75 },
};

/** A plug of more power is direct current. */
const LEVEL2_KW_MAX = 22;
/** A household socket; more is a charger of its own. */
const LEVEL1_KW_MAX = 2;

/** What a session's record says about where it took place; empty where the record says nothing. */
export interface SessionPlace {
  poiCategory: string;
  connector: string;
  powerType: string;
  /** Largest power of the port or the session; NaN when unknown. */
  powerKwMax: number;
}

/** The segment of a session, by power first and then by the kind of place. */
export function segmentOf({ poiCategory, connector, powerType, powerKwMax }: SessionPlace): Segment {
  const place = poiCategory.toLowerCase();
  const isDirectCurrent = /^dc$/i.test(powerType) || /chademo|combo|ccs/i.test(connector);
  if (isDirectCurrent || powerKwMax > LEVEL2_KW_MAX || /dc ?fast|dcfc/.test(place)) return "fast";
  if (/multi|mud|apartment|condo/.test(place)) return "residential_mud";
  if (/resid|single.?family|home/.test(place)) return powerKwMax <= LEVEL1_KW_MAX ? "residential_l1" : "residential_l2";
  return /work|office|employ/.test(place) ? "work" : "public_l2";
}
