import { defineAlgorithm } from "#lib/algorithms/define";
import { runRangeStepStuck } from "./run.ts";
import { rangeStepStuckInputs, rangeStepStuckParams, rangeStepStuckResult } from "./schema.ts";
import { viewRangeStepStuck } from "./view.ts";

/**
 * Purpose: finds values that cannot be right in one series alone: out of range, error codes, spikes, steps, stuck
 * runs, gaps, late observations, silence, days that hardly move, low batteries.
 * Method: gross range with QARTOD's suspect and fail limits; for change and constancy each series' own distribution
 * (of changes, of prominence over both neighbours, of run lengths) gives a Weibull tail through its 75 % and 98 %
 * quantiles, and the limit is what that tail passes less often than the accepted false alarms.
 * Source: U.S. IOOS QARTOD manuals for gross range, spike, rate of change and flat line, with learned limits.
 * Cost: under 1 µs per value, memory of one datastream.
 * Not for: drift, bias, clock shifts and sun heating, which need neighbours; quantities made of events.
 */
export const rangeStepStuck = defineAlgorithm({
  slug: "range-step-stuck",
  version: 3,
  title: "Range, step and stuck check",
  summary:
    "Flags impossible values, error codes, spikes, steps, stuck runs, gaps, late and silent series, attenuated days and low batteries, with limits learned per datastream.",
  params: rangeStepStuckParams,
  inputs: rangeStepStuckInputs,
  result: rangeStepStuckResult,
  timeoutS: 1_800,
  memoryMb: 1_024,
  run: runRangeStepStuck,
  view: viewRangeStepStuck,
});
