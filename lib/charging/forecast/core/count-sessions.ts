import { SEGMENTS, type Segment } from "../../core/segments.ts";
import { roundToSum } from "./round-shares.ts";
import type { DayType, SessionModel } from "../../models/schema.ts";

export interface SegmentShares {
  fastShare: number;
  workShare: number;
  publicL2Share: number;
  /** Of those who charge at home; the three add up to 1. */
  l1Share: number;
  l2Share: number;
  mudShare: number;
  /** Sessions a day of a vehicle that charges there. */
  homeDailyUse: number;
  workDailyUse: number;
  publicL2DailyUse: number;
  fastDailyUse: number;
}

/** Sessions of a day in each segment, for so many vehicles: shares × daily use, rounded so that none is lost. */
export function countByShares(evCount: number, shares: SegmentShares): Record<Segment, number> {
  const home = Math.max(0, 1 - shares.fastShare - shares.workShare - shares.publicL2Share) * shares.homeDailyUse;
  const perVehicle: Record<Segment, number> = {
    residential_l1: home * shares.l1Share,
    residential_l2: home * shares.l2Share,
    residential_mud: home * shares.mudShare,
    work: shares.workShare * shares.workDailyUse,
    public_l2: shares.publicL2Share * shares.publicL2DailyUse,
    fast: shares.fastShare * shares.fastDailyUse,
  };
  return toRecord(roundToSum(SEGMENTS.map((segment) => perVehicle[segment] * evCount)));
}

export interface GroupCount {
  group: number;
  segment: Segment;
  sessions: number;
}

/** Sessions of a day by driver group and segment; `weights` replace the groups' shares and are made to add up to 1. */
export function countByGroups(
  evCount: number,
  { groups }: SessionModel,
  given: { dayType: DayType; weights: readonly number[] },
): GroupCount[] {
  const shares = groups.map(({ share }, i) => (given.weights.length > 0 ? (given.weights[i] ?? 0) : share));
  const sum = shares.reduce((total, share) => total + share, 0);
  const cells = groups.flatMap(({ uses }, group) =>
    uses
      .filter(({ dayType }) => dayType === given.dayType)
      .map(({ segment, sessionsPerDay }) => ({
        group,
        segment,
        amount: (evCount * shares[group]! * sessionsPerDay) / sum,
      })),
  );
  const rounded = roundToSum(cells.map(({ amount }) => amount));
  return cells.map(({ group, segment }, i) => ({ group, segment, sessions: rounded[i]! }));
}

function toRecord(counts: readonly number[]): Record<Segment, number> {
  return Object.fromEntries(SEGMENTS.map((segment, i) => [segment, counts[i]!])) as Record<Segment, number>;
}
