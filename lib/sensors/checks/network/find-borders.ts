import { buildNearestIndex } from "#lib/geo/nearest";
import type { Position } from "#lib/geo/position";
import { propertyId } from "../core/property-rules.ts";
import { fieldRule } from "./field-rules.ts";
import { NEIGHBOURS, RADIUS_M } from "./judge-field.ts";

/** A placed datastream that may have a say in what is expected of those around. */
export interface Voter extends Position {
  sensorId: string;
  observedProperty: string;
  unit: string;
}

/** A few more than have a say: not everyone has a value every hour. */
const VOTERS = NEIGHBOURS + 5;

/**
 * For every block (sensors judged together) the sensors outside it that stand among the nearest of one inside: a block
 * ends where it has become large enough, the weather does not. Only for quantities that lie over a landscape.
 * O(n log n).
 */
export function findBorders(
  blocks: readonly { sensorIds: readonly string[] }[],
  voters: readonly Voter[],
): ReadonlySet<string>[] {
  const borders = blocks.map(() => new Set<string>());
  const blockOf = new Map(blocks.flatMap(({ sensorIds }, i) => sensorIds.map((id) => [id, i] as const)));
  const ofFields = voters.filter(({ observedProperty, unit }) => fieldRule(observedProperty, unit) !== null);
  for (const same of Map.groupBy(ofFields, ({ observedProperty }) => propertyId(observedProperty)).values()) {
    const index = buildNearestIndex(same);
    for (const own of same) {
      const block = blockOf.get(own.sensorId);
      if (block === undefined) continue;
      for (const { item } of index.nearest(own, { count: VOTERS + 1, maxDistanceM: RADIUS_M })) {
        if (blockOf.get(item.sensorId) !== block) borders[block]!.add(item.sensorId);
      }
    }
  }
  return borders;
}
