import { join } from "node:path";
import { columnIndex, type CsvTable, readCsv } from "../../sensors/csv-table.ts";
import { type LabelledSeries, readLabelledSeries } from "../../sensors/labelled-series.ts";
import { repeatedDays } from "../../sensors/repeated-days.ts";
import { averagePrecision } from "#lib/sensors/scoring/average-precision";
import { compositeF } from "#lib/sensors/scoring/composite-f";
import { eventF1 } from "#lib/sensors/scoring/event-f1";
import { eventRecall } from "#lib/sensors/scoring/event-recall";
import type { LabelledFlags } from "#lib/sensors/scoring/labelled-scores";
import { pointF1 } from "#lib/sensors/scoring/point-f1";
import { flagsOf } from "#lib/sensors/scoring/spans";
import { vusPr } from "#lib/sensors/scoring/vus-pr";
import { type Check, compareNumbers, type VerifyRequest } from "../check.ts";

/** The one stored baseline whose rule is documented; the others are known by name only. */
const METHOD = "original_grow_rule";
const THRESHOLD = 0.5;
/** The baselines count a stream sensor's missing-value code as a fault in every method. */
const LRO_CODE = -9000;
const CODE_SCORE = 1_000;

const SERIES_TOLERANCE = 2e-5;
const FAMILY_TOLERANCE = 1e-4;

/** Recomputes the repeated-days baseline and compares every stored figure that our scorers can give. */
export function* verifyBaselines({ dataDir, referenceDir, say }: VerifyRequest): Generator<Check> {
  const folder = join(referenceDir, "baselines");
  const stored = ownRows(readCsv(join(folder, "per_series.csv.gz")));
  const families = new Map<string, LabelledFlags[]>();
  const splits = new Set<string>();
  let compared = 0;
  for (const series of readLabelledSeries(dataDir)) {
    const scores = baselineScores(series);
    const one = { flags: flagsOf(scores, THRESHOLD), labels: series.labels, samplesPerDay: series.samplesPerDay };
    families.set(series.family, [...(families.get(series.family) ?? []), one]);
    const row = stored.find((candidate) => isSame(candidate, series));
    if (row === undefined) continue;
    compared++;
    splits.add(row.split ?? "");
    yield* seriesChecks(series, scores, row);
  }
  say(`baselines: ${compared} stored series figures compared.`);
  for (const row of ownRows(readCsv(join(folder, "baselines.csv")))) {
    const flags = families.get(row.family ?? "");
    if (splits.has(row.split ?? "") && flags?.length === Number(row.series)) yield* familyChecks(flags, row);
  }
}

type Row = Partial<Record<string, string>>;

function ownRows(table: CsvTable): Row[] {
  const method = columnIndex(table, "method");
  const own = table.rows.filter((row) => row[method] === METHOD);
  return own.map((row) => Object.fromEntries(table.columns.map((column, i) => [column, row[i]])));
}

function baselineScores({ family, values, samplesPerDay }: LabelledSeries): Float64Array {
  const scores = repeatedDays(values, samplesPerDay);
  if (family === "lro") scores.forEach((_, i) => values[i]! <= LRO_CODE && (scores[i] = CODE_SCORE));
  return scores;
}

function labelled({ labels }: LabelledSeries): number {
  return labels.reduce((sum, label) => sum + label, 0);
}

/** Both halves of the fault bench use the same loggers: only rows with the same length and labels are the same. */
function isSame(row: Row, series: LabelledSeries): boolean {
  return row.series === series.name && Number(row.n) === series.values.length && Number(row.lab) === labelled(series);
}

function* seriesChecks(series: LabelledSeries, scores: Float64Array, row: Row): Generator<Check> {
  const { name, labels, samplesPerDay } = series;
  const share = labelled(series) / labels.length;
  yield compareNumbers(`${name} base rate`, share, Number(row.base_rate), SERIES_TOLERANCE);
  if (!row.auc_pr) return;
  const average = averagePrecision({ scores, labels });
  yield compareNumbers(`${name} AUC-PR`, average, Number(row.auc_pr), SERIES_TOLERANCE);
  yield compareNumbers(
    `${name} VUS-PR`,
    vusPr({ scores, labels }, samplesPerDay),
    Number(row.vus_pr),
    SERIES_TOLERANCE,
  );
}

function* familyChecks(series: LabelledFlags[], row: Row): Generator<Check> {
  const composite = compositeF(series);
  const events = eventF1(series);
  const figures: Record<string, number> = {
    composite_f_fixed: composite.f,
    composite_precision: composite.precision,
    event_f1_fixed: events.f1,
    event_precision: events.precision,
    event_recall: events.recall,
    point_f1_fixed: pointF1(series).f1,
    events: eventRecall(series).events,
    predicted_events: events.predictedEvents,
  };
  for (const [column, value] of Object.entries(figures)) {
    yield compareNumbers(
      `${row.family ?? ""} ${row.split ?? ""} ${column}`,
      value,
      Number(row[column]),
      FAMILY_TOLERANCE,
    );
  }
}
