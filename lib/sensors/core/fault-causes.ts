import type { ValueDomain } from "#lib/maps/spec";
import type { FaultKind } from "../detector/types.ts";

/** Colours the map by the cause of each sensor's open fault, where else a quantity is named. */
export const FAULT_CAUSE = "fault-cause";

/** Causes as links and filters name them. */
export const CAUSE_IDS = ["stuck", "noise", "level", "drift", "sun-clock", "other"] as const;
export type CauseId = (typeof CAUSE_IDS)[number];

/** Causes as the map tells them apart, in the order of their ids: so many colours can be told apart by everybody. */
const CAUSES: readonly { name: string; kinds: readonly FaultKind[]; checks: readonly string[] }[] = [
  { name: "stuck, no light", kinds: ["stuck", "zero"], checks: ["stuck", "attenuated", "light and temperature"] },
  { name: "spikes, noise", kinds: ["spike", "burst", "noise"], checks: ["spike"] },
  {
    name: "wrong level",
    kinds: ["bias", "scale", "step"],
    checks: ["step", "buddy", "spatial consistency", "reference"],
  },
  { name: "drift", kinds: ["drift"], checks: ["change point"] },
  { name: "sun, clock", kinds: ["sun_heating", "clock_shift"], checks: ["sun heating", "clock shift"] },
  {
    name: "out of range, other",
    kinds: ["range", "code", "misfit"],
    checks: ["range", "rain and soil moisture", "battery"],
  },
];

export const CAUSE_DOMAIN: ValueDomain = {
  ...{ min: 0, max: CAUSES.length, unit: "", label: "Cause of the fault" },
  categories: CAUSES.map(({ name }) => name),
};

/** Number of a cause, from 1: what the map colours by. */
export const causeNumber = (id: CauseId): number => CAUSE_IDS.indexOf(id) + 1;

export const causeName = (id: CauseId): string => CAUSES[CAUSE_IDS.indexOf(id)]!.name;

/** Checks with the number of the cause that their flags point to. */
export const CAUSE_OF_CHECK: readonly { check: string; cause: number }[] = CAUSES.flatMap(({ checks }, i) =>
  checks.map((check) => ({ check, cause: i + 1 })),
);

/** Kinds of faults with the number of their cause, from 1. */
export const CAUSE_OF_KIND: readonly { kind: FaultKind; cause: number }[] = CAUSES.flatMap(({ kinds }, i) =>
  kinds.map((kind) => ({ kind, cause: i + 1 })),
);
