import type { RunTools } from "#lib/algorithms/define";
import { AppError } from "#lib/errors";
import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import type { DatastreamSeries } from "#lib/sensors/core/observation";
import { SeriesChecker } from "./checker.ts";
import { learnProfile, type SeriesProfile } from "../core/profile.ts";
import { propertyId, type PropertyRule, propertyRule } from "../core/property-rules.ts";
import {
  CHECKS,
  type CheckedSpan,
  type CheckName,
  type RangeStepStuckData,
  type RangeStepStuckParams,
  type RangeStepStuckResult,
  type SeriesSummary,
} from "./schema.ts";

/** A datastream with more spans than this is broken throughout; the strongest are kept. */
const SPANS_PER_SERIES_MAX = 1_000;

export interface CheckedSeries {
  spans: CheckedSpan[];
  summary: SeriesSummary;
}

function ruleFor(series: DatastreamSeries, params: RangeStepStuckParams): PropertyRule {
  const rule = propertyRule(series.observedProperty, series.unit);
  const id = propertyId(series.observedProperty);
  const own = params.ranges.find((range) => propertyId(range.observedProperty) === id);
  return own === undefined ? rule : { ...rule, range: own };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function isCheckName(check: string): check is CheckName {
  return CHECKS.some((known) => known === check);
}

function toCheckedSpan(datastreamId: string, span: FlagSpan): CheckedSpan {
  const { check, flag } = span;
  if (!isCheckName(check) || flag === FLAG.good || flag === FLAG.notEvaluated) {
    throw new Error(`The check made a span it does not declare: ${check}, flag ${flag}.`);
  }
  return { ...span, check, flag, datastreamId };
}

/** The strongest spans of a series that has too many, back in time order. */
function strongest(spans: CheckedSpan[]): CheckedSpan[] {
  if (spans.length <= SPANS_PER_SERIES_MAX) return spans;
  const ranked = spans.map((span, index) => ({ span, index }));
  ranked.sort((a, b) => (b.span.score ?? 1) - (a.span.score ?? 1) || a.index - b.index);
  const kept = ranked.slice(0, SPANS_PER_SERIES_MAX).sort((a, b) => a.index - b.index);
  return kept.map(({ span }) => span);
}

function notEvaluated(profile: SeriesProfile, rule: PropertyRule): CheckName[] {
  const missing: CheckName[] = [];
  if (!Number.isFinite(rule.range.failMin) && !Number.isFinite(rule.range.failMax)) missing.push("range");
  if (!(profile.stepLimit > 0)) missing.push("spike", "step");
  if (!(profile.stepMs > 0)) missing.push("stuck", "gap", "late", "silent");
  if (!(profile.calmRange > 0)) missing.push("attenuated");
  return missing;
}

function summarise(
  series: DatastreamSeries,
  checked: { checker: SeriesChecker; profile: SeriesProfile; rule: PropertyRule; spans: CheckedSpan[] },
): SeriesSummary {
  const { checker, profile, spans } = checked;
  const flagged: Record<CheckName, number> = {
    range: 0,
    spike: 0,
    step: 0,
    stuck: 0,
    gap: 0,
    late: 0,
    silent: 0,
    attenuated: 0,
    battery: 0,
  };
  for (const span of spans) flagged[span.check] += span.pointCount;
  const points = flagged.range + flagged.spike + flagged.step + flagged.stuck + flagged.attenuated;
  return {
    datastreamId: series.datastreamId,
    ...(series.sensorCode === undefined ? {} : { sensorCode: series.sensorCode }),
    observedProperty: series.observedProperty,
    unit: series.unit,
    points: checker.points,
    missing: checker.missing,
    outOfOrder: checker.outOfOrder,
    flagged,
    shareFlagged: checker.points === 0 ? 0 : Math.min(1, points / checker.points),
    usualStepS: finiteOrNull(profile.stepMs / 1000),
    spikeLimit: finiteOrNull(profile.spikeLimits[1]!),
    stepLimit: finiteOrNull(profile.stepLimit),
    calmRange: finiteOrNull(profile.calmRange),
    batteryLimit: profile.battery?.low ?? null,
    stuckLimitS: finiteOrNull((profile.stuckPoints * profile.stepMs) / 1000),
    lateLimitS: finiteOrNull(profile.lateMs / 1000),
    notEvaluated: notEvaluated(profile, checked.rule),
    spansDropped: Math.max(0, spans.length - SPANS_PER_SERIES_MAX),
  };
}

/**
 * Checks one datastream: learns its limits, then judges every value. Times are UTC ms, ascending; values may be `NaN`.
 * Where others report until `untilMs`, a record that ends before it may have fallen silent. Pure; the input is not changed. Throws `unprocessable` when times and values differ in length.
 */
export function checkSeries(series: DatastreamSeries, params: RangeStepStuckParams, untilMs?: number): CheckedSeries {
  const { times, values, unit } = series;
  if (times.length !== values.length) {
    const detail = `Datastream ${series.datastreamId} has ${times.length} instants but ${values.length} values.`;
    throw new AppError("unprocessable", detail);
  }
  const { failFactor, stuckTolerance, gapSteps, falseAlarmsPerMonth } = params;
  const rule = ruleFor(series, params);
  const profile = learnProfile(times, values, {
    rule,
    property: propertyId(series.observedProperty),
    unit,
    falseAlarmsPerMonth,
    stuckTolerance,
  });
  const checker = new SeriesChecker(profile, { rule, unit, failFactor, stuckTolerance, gapSteps, untilMs });
  for (let i = 0; i < times.length; i++) checker.push(times[i]!, values[i]!);
  const spans = checker.finish().map((span) => toCheckedSpan(series.datastreamId, span));
  return { spans: strongest(spans), summary: summarise(series, { checker, profile, rule, spans }) };
}

function countByCheck(series: SeriesSummary[], flags: CheckedSpan[]): RangeStepStuckResult["byCheck"] {
  return CHECKS.map((check) => ({
    check,
    series: series.filter((summary) => (summary.flagged[check] ?? 0) > 0).length,
    spans: flags.filter((span) => span.check === check).length,
    points: series.reduce((sum, summary) => sum + (summary.flagged[check] ?? 0), 0),
  }));
}

/** Checks all datastreams, one after the other; only flags and one summary per datastream are kept. */
export async function runRangeStepStuck(
  params: RangeStepStuckParams,
  data: RangeStepStuckData,
  tools: Pick<RunTools, "signal" | "onProgress" | "log">,
): Promise<RangeStepStuckResult> {
  const series: SeriesSummary[] = [];
  const flags: CheckedSpan[] = [];
  let points = 0;
  let flaggedPoints = 0;
  for await (const one of data.series) {
    tools.signal.throwIfAborted();
    const { spans, summary } = checkSeries(one, params, data.untilMs);
    series.push(summary);
    for (const span of spans) flags.push(span);
    points += summary.points;
    flaggedPoints += summary.points * summary.shareFlagged;
    if (data.seriesCount) tools.onProgress(Math.min(1, series.length / data.seriesCount), "Checking datastreams");
  }
  const unordered = series.filter((summary) => summary.outOfOrder > 0).length;
  if (unordered > 0) tools.log("warn", `${unordered} datastreams had values out of time order, which were left out.`);
  tools.log("info", `Checked ${points} values of ${series.length} datastreams: ${flags.length} spans flagged.`);
  const shareFlagged = points === 0 ? 0 : Math.min(1, flaggedPoints / points);
  return { seriesCount: series.length, points, shareFlagged, byCheck: countByCheck(series, flags), series, flags };
}
