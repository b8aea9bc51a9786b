import { CHARGER_CLASSES, type ChargerClass } from "./charging-case.ts";
import type { Conventions } from "./conventions.ts";
import type { Loads } from "./loads.ts";

const EVENING_HOURS = [17, 18, 19, 20];

/** Largest load between 5 and 9 PM in MW, per model year: of all classes together, or of the largest class's shapes. */
export function eveningPeaks(
  loads: Loads,
  classShapesMw: () => Record<ChargerClass, Float64Array[]>,
  { eveningPeak, dayTypes }: Conventions,
): Float64Array {
  const shapesMw = eveningPeak === "largest-class" ? classShapesMw() : null;
  return Float64Array.from(loads.aggregate, ({ base, scale }, i) => {
    if (shapesMw) {
      return largest(CHARGER_CLASSES.flatMap((name) => eveningOf(shapesMw[name][i]!)));
    }
    return scale * largest(eveningOf(base.grids[dayTypes].maxMw));
  });
}

function eveningOf(hourly: Float64Array): number[] {
  const values: number[] = [];
  for (let start = 0; start < hourly.length; start += 24) {
    for (const hour of EVENING_HOURS) values.push(hourly[start + hour]!);
  }
  return values;
}

function largest(values: readonly number[]): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
