/** A sensor that will be judged together with others. */
export interface BlockMember {
  sensorId: string;
  /** Position in the Mercator square; null = none. */
  x: number | null;
  y: number | null;
  /** Usual step of its datastreams, ms. */
  stepMs: number;
}

export interface Block {
  sensorIds: string[];
  stepMs: number;
}

/** One datastream of a block, as stored. */
export interface BlockSeries {
  datastreamId: string;
  sensorId: string;
  sensorCode: string;
  observedProperty: string;
  unit: string;
  times: Float64Array;
  values: Float64Array;
}

/** So many sensors vote well and fit into memory with weeks of readings. */
const BLOCK_MAX = 150;
const STEPS_MS = [1, 2, 5, 10, 15, 20, 30, 60].map((minutes) => minutes * 60_000);

/** Sensors that measure at about the same step, near each other: a map cut in halves until every part is small. */
export function splitBlocks(members: readonly BlockMember[]): Block[] {
  const byStep = Map.groupBy(members, ({ stepMs }) => nearestStep(stepMs));
  return [...byStep].flatMap(([stepMs, same]) => {
    const placed = same.filter(({ x, y }) => x !== null && y !== null);
    const unplaced = same.filter(({ x, y }) => x === null || y === null);
    const parts = [...halve(placed), ...chunk(unplaced)];
    return parts.map((part) => ({ sensorIds: part.map(({ sensorId }) => sensorId), stepMs }));
  });
}

function nearestStep(stepMs: number): number {
  const longer = STEPS_MS.find((step) => step >= stepMs * 0.95);
  return longer ?? STEPS_MS.at(-1)!;
}

function halve(members: readonly BlockMember[]): BlockMember[][] {
  if (members.length === 0) return [];
  if (members.length <= BLOCK_MAX) return [[...members]];
  const spread = (axis: "x" | "y") => {
    const all = members.map((member) => member[axis] ?? 0);
    return Math.max(...all) - Math.min(...all);
  };
  const axis = spread("x") >= spread("y") ? "x" : "y";
  const sorted = members.toSorted((a, b) => (a[axis] ?? 0) - (b[axis] ?? 0) || a.sensorId.localeCompare(b.sensorId));
  const middle = sorted.length >> 1;
  return [...halve(sorted.slice(0, middle)), ...halve(sorted.slice(middle))];
}

function chunk(members: readonly BlockMember[]): BlockMember[][] {
  const parts: BlockMember[][] = [];
  for (let i = 0; i < members.length; i += BLOCK_MAX) parts.push(members.slice(i, i + BLOCK_MAX));
  return parts;
}
