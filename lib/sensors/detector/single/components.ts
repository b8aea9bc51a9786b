import { type LevelSpan, findBrackets } from "./bracket-component.ts";
import { jumpComponent, noiseComponent, spikeComponent, stepComponent } from "./change-components.ts";
import { fenceComponent, rangeComponent, rollComponent, seasonComponent, stuckComponent } from "./level-components.ts";
import { findRamps } from "./ramp-component.ts";
import type { SingleRecord } from "./record.ts";
import { findSnaps, type Snap, SURE_SHARPNESS, usualChange, usualChangeNearby } from "./snaps.ts";

export type ComponentName =
  "jump" | "spike" | "roll" | "step" | "range" | "fence" | "stuck" | "noise" | "season" | "bracket" | "ramp" | "snap";

/** Sharpness from which a change of level can be one end of a displaced level, and the end of a drift. */
const BRACKET_SHARPNESS = 4;
/** Mismatch below which two snaps are surely the two ends of one displaced level. */
const SAME_SIZE = 0.1;
const RAMP_SHARPNESS = 12;

const COMPONENTS: Readonly<Record<ComponentName, (record: SingleRecord) => Float64Array>> = {
  jump: jumpComponent,
  spike: spikeComponent,
  roll: rollComponent,
  step: stepComponent,
  range: rangeComponent,
  fence: fenceComponent,
  stuck: stuckComponent,
  noise: noiseComponent,
  season: seasonComponent,
  bracket: (record) => paint(record, levelSpans(record, "bias")),
  ramp: (record) => paint(record, levelSpans(record, "drift")),
  snap: snapComponent,
};

/** Raw score of one component per row, >= 0; what it is measured in stands with the component. */
export function rawComponent(name: ComponentName, record: SingleRecord): Float64Array {
  return COMPONENTS[name](record);
}

/** Spans at a wrong level: between two snaps (bias) or on a slope that a snap ends (drift). */
export function levelSpans(record: SingleRecord, kind: "bias" | "drift"): LevelSpan[] {
  const usual = usualChangeNearby(record);
  const snaps = findSnaps(record, BRACKET_SHARPNESS, usual);
  const brackets = findBrackets(record, snaps, usual);
  return kind === "bias" ? brackets : findRamps(record, unpaired(snaps, brackets));
}

/** Snaps that do not bound a displaced level: what is left may end a drift. */
function unpaired(snaps: readonly Snap[], brackets: readonly LevelSpan[]): Snap[] {
  const paired = new Set(
    brackets.filter(({ mismatch }) => mismatch < SAME_SIZE).flatMap(({ start, end }) => [start, end]),
  );
  return snaps.filter(({ row, sharpness }) => sharpness >= RAMP_SHARPNESS && !paired.has(row));
}

/** A sharp change of level that stays: size in usual changes, less when it is not much sharper than weather. */
function snapComponent(record: SingleRecord): Float64Array {
  const usual = usualChange(record);
  const scores = new Float64Array(record.filled.length);
  const everywhere = scores.map(() => usual);
  for (const { row, size, sharpness } of findSnaps(record, BRACKET_SHARPNESS, everywhere)) {
    const strength = (Math.abs(size) / usual) * Math.min(1, sharpness / SURE_SHARPNESS);
    for (const i of [row - 1, row]) scores[i] = Math.max(scores[i]!, strength);
  }
  return scores;
}

function paint({ filled }: SingleRecord, spans: readonly LevelSpan[]): Float64Array {
  const scores = new Float64Array(filled.length);
  for (const { start, end, strength } of spans) {
    for (let i = start; i < end; i++) scores[i] = Math.max(scores[i]!, strength);
  }
  return scores;
}
