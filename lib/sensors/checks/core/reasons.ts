import { formatDuration } from "#lib/format/durations";
import { countText, quantityText } from "#lib/sensors/core/quantity-text";
import type { SpanFacts } from "./open-span.ts";

/** The sentences of this check's flags: each names what was seen, how much, and the limit. */

const ms = (durationMs: number) => formatDuration(durationMs / 1000);

export function rangeReason(facts: SpanFacts, limits: { min: number; max: number }, unit: string): string {
  const isAbove = facts.worst.value > limits.max;
  const limit = quantityText(isAbove ? limits.max : limits.min, unit);
  const seen = quantityText(facts.worst.value, unit);
  const verb = facts.pointCount === 1 ? "Value" : `${countText(facts.pointCount, "value")}, the furthest`;
  return `${verb} ${seen}, ${isAbove ? "above" : "below"} the limit of ${limit}.`;
}

export function errorCodeReason(facts: SpanFacts, unit: string): string {
  const code = quantityText(facts.worst.value, unit);
  return facts.pointCount === 1
    ? `Error code ${code} instead of a measurement.`
    : `Error code ${code} instead of a measurement, ${countText(facts.pointCount, "value")}.`;
}

export function spikeReason(facts: SpanFacts, unit: string): string {
  const size = quantityText(Math.abs(facts.worst.size), unit);
  const limit = quantityText(Math.abs(facts.worst.size) / facts.worst.score, unit);
  const seen = quantityText(facts.worst.value, unit);
  return facts.incidents === 1
    ? `Spike to ${seen} that returns at once: ${size} beyond both neighbours, ${limit} is usual here.`
    : `${facts.incidents} spikes, the largest to ${seen}: ${size} beyond both neighbours, ${limit} is usual here.`;
}

export function stepReason(facts: SpanFacts, unit: string): string {
  const { size, score } = facts.worst;
  const change = quantityText(Math.abs(size), unit);
  const limit = quantityText(Math.abs(size) / score, unit);
  const direction = size > 0 ? "up" : "down";
  return facts.incidents === 1
    ? `Step ${direction} by ${change} that stays; at most ${limit} is usual here.`
    : `${facts.incidents} steps, the largest ${direction} by ${change}; at most ${limit} is usual here.`;
}

export function stuckReason(run: { value: number; lengthMs: number; limitMs: number }, unit: string): string {
  return `Stuck at ${quantityText(run.value, unit)} for ${ms(run.lengthMs)}; up to ${ms(run.limitMs)} is usual here.`;
}

export function gapReason(lengthMs: number, missing: number): string {
  return `No value for ${ms(lengthMs)}, about ${countText(missing, "observation")} missing.`;
}
