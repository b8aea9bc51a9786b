import { type BreakMethod, classBreaks, classOf, shadeOf } from "../class-breaks.ts";

export interface RegionClass {
  /** Colour 1 to 7. */
  shade: number;
  from: number;
  to: number;
  /** How many areas lie in it. */
  count: number;
}

export interface RegionShading {
  shades: ReadonlyMap<string, number>;
  /** The areas with values, the largest first. */
  order: readonly string[];
  /** From the lowest values to the highest. */
  classes: readonly RegionClass[];
}

/** What the map and its legend draw of values by area. */
export function shadeRegions(values: ReadonlyMap<string, number>, method: BreakMethod): RegionShading {
  const all = [...values.values()];
  const breaks = classBreaks(all, method);
  const classCount = breaks.length + 1;
  const [min, max] = [Math.min(...all), Math.max(...all)];
  const classes = Array.from({ length: all.length === 0 ? 0 : classCount }, (_, i) => ({
    shade: shadeOf(i + 1, classCount),
    from: breaks[i - 1] ?? min,
    to: breaks[i] ?? max,
    count: all.filter((value) => classOf(value, breaks) === i + 1).length,
  }));
  return {
    shades: new Map([...values].map(([id, value]) => [id, shadeOf(classOf(value, breaks), classCount)])),
    order: [...values].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([id]) => id),
    classes,
  };
}
