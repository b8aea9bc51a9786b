import type { Random } from "#lib/math/random";
import { SEGMENTS } from "../../core/segments.ts";
import { DAY_TYPES, type DayType, type DriverGroup, type SegmentMixture } from "../schema.ts";
import { clusterPoints } from "./cluster-drivers.ts";
import type { SessionCell, SessionCollection } from "./collect-sessions.ts";
import { PackedMixture } from "./mixture.ts";

export interface GroupOptions {
  groupsMax: number;
  /** Least drivers of a group, and behind any of its numbers. */
  sizeMin: number;
  /** Drivers with fewer sessions say too little of themselves. */
  driverSessionsMin: number;
  daysOf: Record<DayType, number>;
  rng: Random;
}

/** Groups of drivers who charge alike; none when sessions carry no drivers. */
export function groupDrivers(
  collection: SessionCollection,
  mixtures: readonly SegmentMixture[],
  options: GroupOptions,
): DriverGroup[] {
  const { drivers, cells } = collection;
  const sessionsOf = (index: number) => drivers[index]!.sessions.reduce((sum, count) => sum + count, 0);
  const chosen = drivers.flatMap((_, index) => (sessionsOf(index) >= options.driverSessionsMin ? [index] : []));
  const points = chosen.map((index) => featuresOf(collection, index));
  const { groupOf, groupCount } = clusterPoints(points, { ...options, rng: options.rng.fork("groups") });
  const groupOfDriver = new Int32Array(drivers.length).fill(-1);
  for (const [i, index] of chosen.entries()) groupOfDriver[index] = groupOf[i]!;
  const weights = new Map(cells.map((cell) => [cell, weightsByGroup(cell, { groupOfDriver, groupCount, mixtures })]));
  return Array.from({ length: groupCount }, (_, group): DriverGroup => {
    const members = chosen.filter((index) => groupOfDriver[index] === group);
    const uses = cells.flatMap((cell, i) => {
      // A habit of a few within the group would tell of these few.
      const users = members.filter((index) => drivers[index]!.sessions[i]! > 0);
      if (users.length < options.sizeMin) return [];
      const sessions = users.reduce((sum, index) => sum + drivers[index]!.sessions[i]!, 0);
      const energyKwh = users.reduce((sum, index) => sum + drivers[index]!.energyKwh[i]!, 0);
      const sessionsPerDay = sessions / members.length / Math.max(1, options.daysOf[cell.dayType]);
      const { segment, dayType } = cell;
      const own = weights.get(cell)![group] ?? [];
      return [{ segment, dayType, sessionsPerDay, energyKwhMean: energyKwh / sessions, weights: own }];
    });
    return { name: `Group ${group + 1}`, share: members.length / chosen.length, driverCount: members.length, uses };
  });
}

/** Where a driver charges (shares of segments), on weekends, how often and how much: each about 0 to 1. */
function featuresOf({ drivers, cells }: SessionCollection, index: number): Float64Array {
  const { sessions, energyKwh } = drivers[index]!;
  const total = sessions.reduce((sum, count) => sum + count, 0);
  const features = new Float64Array(SEGMENTS.length + 3);
  for (const [i, { segment, dayType }] of cells.entries()) {
    features[SEGMENTS.indexOf(segment)]! += sessions[i]! / total;
    if (dayType === DAY_TYPES[1]) features[SEGMENTS.length]! += sessions[i]! / total;
  }
  features[SEGMENTS.length + 1] = Math.log1p(total) / 10;
  features[SEGMENTS.length + 2] = energyKwh.reduce((sum, energy) => sum + energy, 0) / total / 50;
  return features;
}

/** How each group's sessions divide among the components; too few sessions say nothing. */
function weightsByGroup(
  cell: SessionCell,
  {
    groupOfDriver,
    groupCount,
    mixtures,
  }: { groupOfDriver: Int32Array; groupCount: number; mixtures: readonly SegmentMixture[] },
): number[][] {
  const mixture = mixtures.find(
    ({ segment, dayType, batteryClass }) =>
      segment === cell.segment && dayType === cell.dayType && batteryClass === "all",
  );
  if (!mixture) return [];
  const packed = new PackedMixture(mixture.components);
  const shares = new Float64Array(packed.size);
  const sums = Array.from({ length: groupCount }, () => new Float64Array(packed.size));
  const [starts, energies, plugged, drivers] = [cell.column(0), cell.column(1), cell.column(2), cell.column(4)];
  const hasPlugged = mixture.components[0]!.mean.length === 3;
  for (let n = 0; n < cell.kept; n++) {
    const group = drivers[n]! < 0 ? -1 : groupOfDriver[drivers[n]!]!;
    if (group < 0) continue;
    packed.share(starts[n]!, energies[n]!, hasPlugged ? plugged[n]! : 0, shares);
    for (let k = 0; k < packed.size; k++) sums[group]![k]! += shares[k]!;
  }
  return sums.map((sum) => {
    const total = sum.reduce((all, value) => all + value, 0);
    return total < 50 ? [] : Array.from(sum, (value) => Number((value / total).toFixed(6)));
  });
}
