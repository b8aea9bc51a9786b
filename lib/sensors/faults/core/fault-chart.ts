import type { ChartSeries, SeriesChartSpec } from "#lib/charts/spec";
import { unitLabel } from "../../pages/words.ts";
import type { FaultDetail } from "../schema.ts";
import { FAULT_WORDS, faultSentence } from "./fault-words.ts";

/** The evidence of a fault: values, what was expected, the difference below, and the span that is at fault. */
export function faultChart(fault: FaultDetail, timeZone: string): SeriesChartSpec {
  const { t, value, expectation, sigma } = fault.evidence;
  const unit = unitLabel(fault.valueUnit);
  const isExpected = expectation.some((one) => one !== null);
  const line = (id: string, kind: ChartSeries["kind"], label: string, v: (number | null)[]): ChartSeries => ({
    ...{ id, kind, label, unit },
    points: { t, v },
  });
  const residual = value.map((one, i) => {
    const expected = expectation[i];
    return one === null || expected === null || expected === undefined ? null : one - expected;
  });
  const usual = usualSigma(sigma);
  const [startAt, endAt] = [Date.parse(fault.beginAt), Date.parse(fault.endAt)];
  const reason = faultSentence({ ...fault, durationS: (endAt - startAt) / 1000 });
  return {
    title: "Evidence",
    caption: isExpected ? "what it showed, and what its neighbours make one expect" : "judged by its own history",
    unit,
    timeZone,
    xRange: t.length > 1 ? { fromMs: t[0]!, toMs: t.at(-1)! } : null,
    series: [
      line(fault.sensorCode, "observed", fault.sensorCode, value),
      ...(isExpected
        ? [line("expected", "reference", "expected", expectation), line("residual", "residual", "Residual", residual)]
        : []),
    ],
    flags: [{ startAt, endAt, flag: fault.confidence >= 0.8 ? 4 : 3, check: FAULT_WORDS[fault.kind], reason }],
    limits: [],
    ...(usual === null ? {} : { band: { from: -2 * usual, to: 2 * usual, label: "±2σ of its usual difference" } }),
  };
}

function usualSigma(sigma: readonly (number | null)[]): number | null {
  const known = sigma.filter((one) => one !== null).sort((a, b) => a - b);
  return known[known.length >> 1] ?? null;
}
