import { formatDuration } from "#lib/format/durations";
import { formatNumber } from "#lib/format/numbers";
import type { DetectorMode, FaultKind } from "../../detector/types.ts";
import { unitLabel } from "../../pages/words.ts";

/** The word on maps, charts and in lists. */
export const FAULT_WORDS: Record<FaultKind, string> = {
  range: "out of range",
  code: "error code",
  stuck: "stuck",
  spike: "spike",
  noise: "noise",
  burst: "burst",
  bias: "bias",
  drift: "drift",
  sun_heating: "sun heating",
  clock_shift: "clock shift",
  scale: "scale",
  zero: "no light",
  step: "step",
  misfit: "unusual",
};

/** What the verdict was compared with. */
export const MODE_WORDS: Record<DetectorMode, string> = {
  network_temperature: "its neighbours",
  network_light: "its neighbours",
  single: "its own history",
};

interface Described {
  kind: FaultKind;
  mode: DetectorMode;
  magnitude: number | null;
  unit: string;
  durationS: number;
}

/** One sentence: what was seen, how much, against what, for how long. */
export function faultSentence({ kind, mode, magnitude, unit, durationS }: Described): string {
  const against = MODE_WORDS[mode];
  const lasted = durationS > 0 ? `, for ${formatDuration(durationS)}` : "";
  const size = magnitude === null ? null : amount(Math.abs(magnitude), unit);
  const way = (magnitude ?? 0) < 0 ? "low" : "high";
  if (kind === "bias" && size) return `Reads ${size} too ${way} against ${against}${lasted}.`;
  if (kind === "drift" && size) return `Drifted to ${size} too ${way} against ${against}${lasted}.`;
  if (kind === "sun_heating" && size) return `Heats up by ${size} in full light${lasted}.`;
  if (kind === "clock_shift" && magnitude !== null) {
    const hours = formatNumber(Math.abs(magnitude), { decimals: 0 });
    return `Its clock is ${hours} h ${magnitude > 0 ? "behind" : "ahead"}: it shows what ${against} show then${lasted}.`;
  }
  if (kind === "scale" && magnitude !== null) {
    return `Reads ${formatNumber(magnitude, { decimalsMax: 2 })} times what ${against} make one expect${lasted}.`;
  }
  if (kind === "stuck") return `Holds ${size ? amount(magnitude!, unit) : "one value"} while it should move${lasted}.`;
  if (kind === "spike" && size) return `Jumps by ${size} for a moment.`;
  if (kind === "noise") return `Scatters more than it usually does${lasted}.`;
  if (kind === "range") return `Shows what cannot be${lasted}.`;
  if (kind === "code") return `Sends an error code instead of a value${lasted}.`;
  if (kind === "zero") return `Shows no light while ${against} do${lasted}.`;
  if (kind === "step" && size) return `Steps by ${size}${lasted}.`;
  return `Differs from ${against} in no known way${lasted}.`;
}

function amount(value: number, unit: string): string {
  const label = unitLabel(unit);
  return `${formatNumber(value, { decimalsMax: Math.abs(value) < 10 ? 1 : 0 })}${label === "" ? "" : ` ${label}`}`;
}
