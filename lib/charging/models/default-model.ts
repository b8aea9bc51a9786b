import { SEGMENTS } from "../core/segments.ts";
import { DEFAULT_ENERGY_KWH, DEFAULT_STARTS } from "./default-mixtures.ts";
import type { SegmentMixture, SessionModel } from "./schema.ts";

/** Rises when a number of the model changes: forecasts made with another are others. */
export const DEFAULT_MODEL_VERSION = 1;

/** Starts this close together come from clocks. */
const TIMER_SPREAD_MIN = 25;

/**
 * The model for those without sessions of their own. Its starts were chosen so that the expected load has the hourly
 * shape of published forecasts for California's counties in 2025 (within 1 % of the day's energy in any hour, mostly
 * within 0.2 %); energies per session are usual ones. It rests on no session.
 */
export const defaultSessionModel: SessionModel = {
  name: "California 2025, from published shapes",
  source: "Calibrated to the hourly shapes of published county forecasts for California, 2025",
  dimensions: 2,
  mixtures: DEFAULT_STARTS.map(([segment, dayType, rows]): SegmentMixture => {
    const energyKwh = DEFAULT_ENERGY_KWH[segment];
    const sum = rows.reduce((total, [weight]) => total + weight, 0);
    return {
      segment,
      dayType,
      batteryClass: "all",
      sessionCount: 0,
      components: rows.map(([weight, startMin, startSdMin]) => ({
        weight: weight / sum,
        mean: [startMin, energyKwh],
        covariance: [
          [startSdMin ** 2, 0],
          [0, (energyKwh / 2) ** 2],
        ],
        isTimer: segment.startsWith("residential") && startSdMin < TIMER_SPREAD_MIN,
      })),
    };
  }),
  groups: [],
  card: {
    sessionCount: 0,
    driverCount: 0,
    firstAtMs: null,
    lastAtMs: null,
    groupSizeMin: 0,
    datasets: [],
    notes: [`Knows ${SEGMENTS.length} segments, without batteries and driver groups.`],
    fits: [],
  },
};
