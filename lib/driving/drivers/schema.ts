import { z } from "zod";
import type { VehicleState } from "../board/core/vehicle.ts";
import type { EpisodeRow } from "../history/schema.ts";
import { EPISODE_KINDS } from "../core/track-episodes.ts";

export interface ListedDriver {
  driver: string;
  plate: string;
  state: VehicleState;
  /** Wall clock of the newest record as the vehicle sent it. */
  at: string;
  receivedAt: Date;
  speedKmh: number;
  directionDeg: number | null;
  latitude: number;
  longitude: number;
  siteName: string | null;
  recordCount: number;
  lateCount: number;
  overspeedCount: number;
  /** Silence after which an episode counts as unclosed. */
  gapS: number;
}

/** A day by the vehicle's clock. */
export interface DriverDay {
  /** Such as 2017-01-02. */
  day: string;
  recordCount: number;
  lateCount: number;
  speedKmhMax: number;
  overspeedCount: number;
  /** Closed episodes only. */
  overspeedS: number;
  neutralSlideCount: number;
  neutralSlideS: number;
  fatigueCount: number;
}

export interface DrivenEpisode extends EpisodeRow {
  verdict: "acknowledged" | "excused" | null;
  verdictComment: string | null;
  verdictByLabel: string | null;
  gapS: number;
}

const text = z.string().trim().min(1).max(64);

/** What an address typed wrong asks for counts as not asked for. */
export const driversPageQuery = z.object({
  q: text.optional().catch(undefined),
  cursor: z.string().max(400).optional().catch(undefined),
});
export type DriversPageQuery = z.output<typeof driversPageQuery>;

const day = z.iso.date().optional().catch(undefined);
export const driverPageQuery = z.object({
  kind: z.enum(EPISODE_KINDS).optional().catch(undefined),
  from: day,
  to: day,
  cursor: z.string().max(400).optional().catch(undefined),
});
export type DriverPageQuery = z.output<typeof driverPageQuery>;
