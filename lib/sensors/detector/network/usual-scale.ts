import { median, quantile } from "#lib/math/quantile";
import { robustStandardDeviation } from "#lib/math/stats";
import { smoothCircle } from "./own-response.ts";

interface ScaleInput {
  residual: Float64Array;
  isUsable: Uint8Array;
  hourOfDay: Uint8Array;
  lux?: Float64Array;
}

/** Light of which half the full effect is expected, lux. */
const HALF_LIGHT_LUX = 3_000;
const LIGHT_QUANTILES = [0, 0.25, 0.5, 0.75, 0.9, 1];
const USABLE_MIN = 72;
const HOUR_MIN = 4;
const FLOOR = 0.35;

/** Share of the full effect of light: 0 in darkness, towards 1 in full sun. */
export function lightShare(lux: number): number {
  return lux > 0 ? lux / (lux + HALF_LIGHT_LUX) : 0;
}

/** Usual size (standard deviation) of one sensor's residual at every hour: by hour of day, larger in bright light. */
export function ownScale({ residual, isUsable, hourOfDay, lux }: ScaleInput): Float64Array {
  const usable = residual.map((value, t) => (isUsable[t] ? value : Number.NaN));
  const known = usable.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const rest = known >= USABLE_MIN ? usable : residual;
  const all = robustStandardDeviation(rest);
  const groups = Array.from({ length: 24 }, (): number[] => []);
  for (let t = 0; t < rest.length; t++) if (!Number.isNaN(rest[t]!)) groups[hourOfDay[t]!]!.push(rest[t]!);
  const byHour = smoothCircle(groups.map((group) => (group.length >= HOUR_MIN ? robustStandardDeviation(group) : all)));
  const scale = Float64Array.from(hourOfDay, (hour) => byHour[hour]!);
  if (lux) raiseInLight(scale, rest, lux);
  return scale;
}

function raiseInLight(scale: Float64Array, residual: Float64Array, lux: Float64Array): void {
  const shares = Float64Array.from(lux, lightShare);
  const lit = shares.filter((share, t) => share > 0 && !Number.isNaN(residual[t]!));
  if (lit.length < 24) return;
  const edges = LIGHT_QUANTILES.map((q) => quantile(lit, q));
  let highest = 0;
  for (let k = 0; k + 1 < edges.length; k++) {
    const [from, to] = [edges[k]!, k + 2 === edges.length ? Infinity : edges[k + 1]!];
    const inside = residual.filter((_, t) => shares[t]! > 0 && shares[t]! >= from && shares[t]! < to);
    const deviation = robustStandardDeviation(inside);
    if (Number.isFinite(deviation)) highest = Math.max(highest, deviation);
    for (let t = 0; t < scale.length; t++) {
      if (shares[t]! > 0 && shares[t]! >= from && shares[t]! < to) scale[t] = Math.max(scale[t]!, highest);
    }
  }
}

/**
 * Every sensor's scale drawn halfway (in squares) to the network's at that hour, so that one that was at fault most
 * of the time does not call its fault usual. Changes its argument.
 */
export function shareScales(scales: Float64Array[]): void {
  const times = scales[0]?.length ?? 0;
  const row = new Float64Array(scales.length);
  const common = new Float64Array(times);
  for (let t = 0; t < times; t++) {
    for (let j = 0; j < scales.length; j++) row[j] = scales[j]![t]!;
    common[t] = median(row) ** 2;
  }
  const floor = Math.max(1e-6, FLOOR * Math.sqrt(median(common)));
  for (const scale of scales) {
    for (let t = 0; t < times; t++) {
      const own = Number.isFinite(scale[t]!) ? scale[t]! ** 2 : common[t]!;
      scale[t] = Math.max(floor, Math.sqrt((own + common[t]!) / 2));
    }
  }
}
