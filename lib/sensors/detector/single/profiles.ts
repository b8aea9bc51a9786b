import type { FaultKind } from "../types.ts";
import type { ComponentName } from "./components.ts";

/** What a detector of single series takes for normal. */
export interface SingleProfile {
  name: "general" | "soil";
  /** Raw component score that is one unit of suspicion; components that are not named are not computed. */
  references: Readonly<Partial<Record<ComponentName, number>>>;
  /** Fused suspicion that is a flag. */
  flagLevel: number;
  /** Raise references that a record itself passes too often (see fuse.ts). */
  hasAlarmBudget: boolean;
  /** Gaps in suspicion up to this long are closed, hours. */
  closingH: number;
}

/** Stream, indoor and other quick quantities. References and level chosen on the development streams and motes. */
export const GENERAL_PROFILE: SingleProfile = {
  name: "general",
  references: {
    jump: 6,
    spike: 30,
    roll: 40,
    step: 17,
    range: 0.78,
    fence: 6.6,
    stuck: 8,
    noise: 7.1,
    season: 24,
    bracket: 57,
  },
  flagLevel: 1.6,
  hasAlarmBudget: true,
  closingH: 0,
};

/**
 * Soil moisture: rain makes large steps, so only snaps (sharp and quiet on both sides) count as steps. References
 * chosen on generated soil, a real water level and a real soil series with faults injected anew; each can be halved
 * or doubled without much change.
 */
export const SOIL_PROFILE: SingleProfile = {
  name: "soil",
  references: { spike: 25, range: 0.27, stuck: 0.86, noise: 13, bracket: 1.2, ramp: 1.3, snap: 18 },
  flagLevel: 1,
  hasAlarmBudget: false,
  closingH: 6,
};

/** The cause a component points to. */
export const COMPONENT_KINDS: Readonly<Record<ComponentName, FaultKind>> = {
  jump: "step",
  spike: "spike",
  roll: "misfit",
  step: "step",
  range: "range",
  fence: "range",
  stuck: "stuck",
  noise: "noise",
  season: "misfit",
  bracket: "bias",
  ramp: "drift",
  snap: "step",
};
