import { median, quantile } from "#lib/math/quantile";

/** What a sensor usually shows beyond its neighbours: by its own light, and by the hour of the day. */
interface ResponseInput {
  /** Value minus what the neighbours say, per time; NaN = missing. */
  residual: Float64Array;
  /** 1 where the residual may teach what is usual. */
  isUsable: Uint8Array;
  hourOfDay: Uint8Array;
  /** Light at the sensor, lux; absent when it measures none. */
  lux?: Float64Array;
}

export interface OwnResponse {
  byHour: Float64Array;
  /** log(1 + lux) and deviation of every node of the light curve; empty without light. */
  lightNodes: Float64Array;
  lightValues: Float64Array;
  level: number;
}

const LIGHT_BINS = 6;
/** Below the median: faults of heating are always positive, habits of heating are what the bin usually stays under. */
const LIGHT_QUANTILE = 0.33;
const ROUNDS = 2;
/** With fewer usable times than this everything is used: three days. */
const USABLE_MIN = 72;
const BIN_MIN = 12;

/** Fits both habits in turn, each to what the other leaves. */
export function fitOwnResponse({ residual, isUsable, hourOfDay, lux }: ResponseInput): OwnResponse {
  const usable = usableTimes(residual, isUsable);
  const response: OwnResponse = {
    byHour: new Float64Array(24),
    lightNodes: new Float64Array(0),
    lightValues: new Float64Array(0),
    level: 0,
  };
  for (let round = 0; round < ROUNDS; round++) {
    if (lux) fitLight(response, { residual, usable, hourOfDay, lux });
    fitHours(response, { residual, usable, hourOfDay, lux });
  }
  const left = Float64Array.from(usable, (t) => residual[t]! - responseAt(response, hourOfDay[t]!, lux?.[t]));
  const level = median(left);
  response.level = Number.isFinite(level) ? level : 0;
  return response;
}

/** The habit at an hour of the day and a light. */
export function responseAt({ byHour, lightNodes, lightValues, level }: OwnResponse, hour: number, lux = 0): number {
  return level + byHour[hour]! + (lux > 0 ? interpolate(lightNodes, lightValues, Math.log1p(lux)) : 0);
}

function usableTimes(residual: Float64Array, isUsable: Uint8Array): number[] {
  const known: number[] = [];
  const usable: number[] = [];
  for (let t = 0; t < residual.length; t++) {
    if (Number.isNaN(residual[t]!)) continue;
    known.push(t);
    if (isUsable[t]) usable.push(t);
  }
  return usable.length >= USABLE_MIN ? usable : known;
}

interface Fit {
  residual: Float64Array;
  usable: readonly number[];
  hourOfDay: Uint8Array;
  lux?: Float64Array | undefined;
}

function fitLight(response: OwnResponse, { residual, usable, hourOfDay, lux }: Fit): void {
  const lit = usable.filter((t) => lux![t]! > 0);
  if (lit.length < BIN_MIN * LIGHT_BINS) return;
  const light = Float64Array.from(lit, (t) => Math.log1p(lux![t]!));
  const rest = Float64Array.from(lit, (t) => residual[t]! - response.byHour[hourOfDay[t]!]!);
  const edges = Array.from({ length: LIGHT_BINS + 1 }, (_, k) => quantile(light, k / LIGHT_BINS));
  const nodes: number[] = [];
  const values: number[] = [];
  for (let k = 0; k < LIGHT_BINS; k++) {
    const inside = rest.filter((_, i) => light[i]! >= edges[k]! && (light[i]! < edges[k + 1]! || k === LIGHT_BINS - 1));
    if (inside.length === 0) continue;
    nodes.push((edges[k]! + edges[k + 1]!) / 2);
    values.push(quantile(inside, LIGHT_QUANTILE));
  }
  response.lightNodes = Float64Array.from(nodes);
  response.lightValues = Float64Array.from(values);
}

function fitHours(response: OwnResponse, { residual, usable, hourOfDay, lux }: Fit): void {
  const groups = Array.from({ length: 24 }, (): number[] => []);
  for (const t of usable) {
    const light = lux && lux[t]! > 0 ? interpolate(response.lightNodes, response.lightValues, Math.log1p(lux[t]!)) : 0;
    groups[hourOfDay[t]!]!.push(residual[t]! - light);
  }
  const all = median(groups.flat());
  const raw = groups.map((group) => (group.length > 0 ? median(group) : all));
  response.byHour = smoothCircle(raw.map((value) => (Number.isFinite(value) ? value : 0)));
}

/** Mean of every hour and its two neighbours, around midnight too. */
export function smoothCircle(hours: ArrayLike<number>): Float64Array {
  const count = hours.length;
  return Float64Array.from(
    hours,
    (value, h) => (value + hours[(h + 1) % count]! + hours[(h + count - 1) % count]!) / 3,
  );
}

function interpolate(nodes: Float64Array, values: Float64Array, at: number): number {
  const last = nodes.length - 1;
  if (last < 0) return 0;
  if (at <= nodes[0]!) return values[0]!;
  if (at >= nodes[last]!) return values[last]!;
  let k = 0;
  while (nodes[k + 1]! < at) k++;
  const width = nodes[k + 1]! - nodes[k]!;
  const share = width > 0 ? (at - nodes[k]!) / width : 0;
  return values[k]! + share * (values[k + 1]! - values[k]!);
}
