/** A point in drawing units. */
type Point = readonly [x: number, y: number];

export interface ContourLine {
  path: string;
  /** Every fifth line, drawn heavier. */
  index: boolean;
}

export interface ContourSheet {
  widthPx: number;
  heightPx: number;
  lines: ContourLine[];
}

const COLUMNS = 62;
const ROWS = 62;
const CELL_PX = 15;
const LEVELS = 22;

/** A made-up hill country: the sum of seeded bumps, so every build draws the same sheet. */
function heights(seed: number): Float64Array {
  let state = seed;
  const random = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const hills = Array.from({ length: 15 }, () => ({
    x: random() * COLUMNS,
    y: random() * ROWS,
    radius: 5 + random() * 12,
    height: random() * 1.5 - 0.45,
  }));
  const field = new Float64Array(COLUMNS * ROWS);
  for (let index = 0; index < field.length; index++) {
    const x = index % COLUMNS;
    const y = Math.floor(index / COLUMNS);
    let height = 0.06 * Math.sin(x / 4 + y / 6);
    for (const hill of hills) {
      height += hill.height * Math.exp(-((x - hill.x) ** 2 + (y - hill.y) ** 2) / (2 * hill.radius ** 2));
    }
    field[index] = height;
  }
  return field;
}

/** Marching squares: for each case of corners above the level, the pairs of cell edges (0 top, 1 right, 2 bottom, 3 left) a line joins. */
const CASES: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 1],
    [2, 3],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

/** The line segments of one level, each as two edge keys, and where every edge is crossed. */
function crossings(field: Float64Array, level: number) {
  const points = new Map<number, Point>();
  const segments: [number, number][] = [];
  const at = (x: number, y: number) => field[y * COLUMNS + x] ?? 0;
  // An edge is named by its cell corner and direction: horizontal even, vertical odd.
  const crossing = (x: number, y: number, vertical: boolean): number => {
    const key = (y * COLUMNS + x) * 2 + (vertical ? 1 : 0);
    if (!points.has(key)) {
      const from = at(x, y);
      const to = vertical ? at(x, y + 1) : at(x + 1, y);
      const share = (level - from) / (to - from);
      points.set(key, [(x + (vertical ? 0 : share)) * CELL_PX, (y + (vertical ? share : 0)) * CELL_PX]);
    }
    return key;
  };
  for (let y = 0; y < ROWS - 1; y++) {
    for (let x = 0; x < COLUMNS - 1; x++) {
      const corners = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)];
      const kind = corners.reduce((bits, height, bit) => bits | (height >= level ? 1 << bit : 0), 0);
      const edgeKey = (edge: number) =>
        edge === 0
          ? crossing(x, y, false)
          : edge === 1
            ? crossing(x + 1, y, true)
            : edge === 2
              ? crossing(x, y + 1, false)
              : crossing(x, y, true);
      for (const [from, to] of CASES[kind] ?? []) segments.push([edgeKey(from), edgeKey(to)]);
    }
  }
  return { points, segments };
}

/** Joins segments that share an edge into lines as long as possible. */
function joined(segments: readonly [number, number][]): number[][] {
  const neighbours = new Map<number, number[]>();
  const link = (from: number, to: number) => neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
  for (const [from, to] of segments) {
    link(from, to);
    link(to, from);
  }
  const lines: number[][] = [];
  const visited = new Set<number>();
  const walk = (start: number) => {
    const line: number[] = [];
    let here: number | undefined = start;
    while (here !== undefined) {
      visited.add(here);
      line.push(here);
      here = neighbours.get(here)?.find((next) => !visited.has(next));
    }
    if (line.length > 2 && neighbours.get(start)?.includes(line.at(-1) ?? -1)) line.push(start);
    if (line.length > 2) lines.push(line);
  };
  const keys = [...neighbours.keys()];
  for (const key of keys) if (neighbours.get(key)?.length === 1 && !visited.has(key)) walk(key);
  for (const key of keys) if (!visited.has(key)) walk(key);
  return lines;
}

/** Every second point is enough under a smooth curve: quadratic arcs through the middles of the rest. */
function smoothPath(line: readonly Point[]): string {
  const kept = line.filter((_, index) => index % 2 === 0 || index === line.length - 1);
  const round = (value: number) => String(Math.round(value));
  const first = kept[0];
  const last = kept.at(-1);
  if (!first || !last || kept.length < 3) return "";
  let path = `M${round(first[0])} ${round(first[1])}`;
  for (let index = 1; index < kept.length - 1; index++) {
    const here = kept[index] ?? first;
    const next = kept[index + 1] ?? last;
    const end: Point = index === kept.length - 2 ? next : [(here[0] + next[0]) / 2, (here[1] + next[1]) / 2];
    path += `Q${round(here[0])} ${round(here[1])} ${round(end[0])} ${round(end[1])}`;
  }
  return path;
}

/** The contour artwork: the same for the same seed, about 20 kB of path data. */
export function contourSheet(seed: number): ContourSheet {
  const field = heights(seed);
  const low = Math.min(...field);
  const step = (Math.max(...field) - low) / (LEVELS + 1);
  const lines = Array.from({ length: LEVELS }, (_, level) => {
    const { points, segments } = crossings(field, low + (level + 1) * step);
    const path = joined(segments)
      .map((keys) => smoothPath(pointsOf(keys, points)))
      .join("");
    return { path, index: level % 5 === 0 };
  });
  return { widthPx: (COLUMNS - 1) * CELL_PX, heightPx: (ROWS - 1) * CELL_PX, lines };
}

function pointsOf(keys: readonly number[], points: ReadonlyMap<number, Point>): Point[] {
  return keys.map((key) => points.get(key)).filter((point) => point !== undefined);
}
