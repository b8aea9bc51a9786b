import { join } from "node:path";
import { columnIndex, type CsvTable, readCsv } from "../../sensors/csv-table.ts";
import { type NabSeries, readNabCorpus } from "../../sensors/nab-corpus.ts";
import { windowedGaussian } from "../../sensors/windowed-gaussian.ts";
import {
  countedWindows,
  NAB_PROFILES,
  nabNormalised,
  type NabProfile,
  nabRawScore,
  nabRows,
  probationRows,
} from "#lib/sensors/scoring/nab-score";
import { flagsOf } from "#lib/sensors/scoring/spans";
import { type Check, compareNumbers, type VerifyRequest } from "../check.ts";

/** Published file scores are stored with five decimals, normalised ones with two. */
const FILE_TOLERANCE = 1e-5;
const SPLIT_TOLERANCE = 0.011;

interface Published {
  detector: string;
  profile: NabProfile;
  file: string;
  threshold: number;
  score: number;
  hits: number;
  falseAlarms: number;
  quiet: number;
  missed: number;
}

/**
 * What the published figures pin down without row-by-row detections:
 * counts of scored rows inside and outside windows; the whole score of the silent detector and of the windowed
 * Gaussian, whose rule is known; for every other detector that its score lies in the range our scorer gives to its
 * counts (which is a single value where there is no window); and the normalised scores of whole detectors.
 */
export function* verifyNab({ dataDir, referenceDir, say }: VerifyRequest): Generator<Check> {
  const published = readPublished(join(referenceDir, "nab", "nab_published_per_file.csv.gz"));
  const corpus = readNabCorpus(dataDir);
  // The stored results of the random detector miss rows and files.
  const byFile = Map.groupBy(
    published.filter(({ detector }) => detector !== "random"),
    ({ file }) => file,
  );
  let recomputed = 0;
  for (const series of corpus) {
    const gaussian = windowedGaussian(series.values);
    for (const row of byFile.get(series.name) ?? []) {
      yield* countChecks(series, row);
      yield rangeCheck(series, row);
      const flags = detections(series, row, gaussian);
      if (flags === null) continue;
      recomputed++;
      const name = `nab ${row.detector} ${row.profile.name} ${row.file} score`;
      yield compareNumbers(name, nabRawScore(series, flags, row.profile), row.score, FILE_TOLERANCE);
    }
  }
  say(`nab: ${corpus.length} files, ${recomputed} published file scores recomputed from the data.`);
  yield* splitChecks(published, corpus, readCsv(join(referenceDir, "nab", "nab_published_by_split.csv")));
}

function readPublished(path: string): Published[] {
  const table = readCsv(path);
  const profiles = new Map<string, NabProfile>(Object.values(NAB_PROFILES).map((profile) => [profile.name, profile]));
  const names = ["detector", "profile", "file", "threshold", "score", "TP", "TN", "FP", "FN"];
  const at = names.map((name) => columnIndex(table, name));
  return table.rows.map((row) => {
    const [detector = "", profileName = "", file = "", ...figures] = at.map((index) => row[index] ?? "");
    const profile = profiles.get(profileName);
    if (profile === undefined) throw new Error(`${path}: unknown profile ${profileName}.`);
    const [threshold = NaN, score = NaN, hits = NaN, quiet = NaN, falseAlarms = NaN, missed = NaN] =
      figures.map(Number);
    return { detector, profile, file, threshold, score, hits, quiet, falseAlarms, missed };
  });
}

/** Rows that a detector of known rule flags; null for the others. */
function detections(series: NabSeries, { detector, threshold }: Published, gaussian: Float64Array): Uint8Array | null {
  if (detector === "null") return new Uint8Array(series.rowCount);
  return detector === "windowedGaussian" ? flagsOf(gaussian, threshold) : null;
}

function* countChecks(series: NabSeries, row: Published): Generator<Check> {
  const scored = nabRows(series).slice(probationRows(series.rowCount));
  const inside = scored.filter(({ window }) => window >= 0).length;
  const name = `nab ${row.detector} ${row.profile.name} ${row.file}`;
  yield compareNumbers(`${name} rows in windows`, inside, row.hits + row.missed, 0);
  yield compareNumbers(`${name} rows outside`, scored.length - inside, row.falseAlarms + row.quiet, 0);
}

/** The published score must lie between the worst and the best that so many hits and false alarms can give. */
function rangeCheck(series: NabSeries, { detector, profile, file, score, hits, falseAlarms }: Published): Check {
  const scored = nabRows(series).slice(probationRows(series.rowCount));
  const losses = scored.filter(({ window }) => window < 0).map(({ worth }) => profile.falseAlarm * worth);
  losses.sort((a, b) => a - b);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const silent = -profile.miss * countedWindows(series);
  const worst = silent + sum(losses.slice(0, falseAlarms));
  const bestHits = Math.min(hits, countedWindows(series)) * (profile.hit + profile.miss);
  const best = silent + bestHits + (falseAlarms > 0 ? sum(losses.slice(-falseAlarms)) : 0);
  const passed = score >= worst - FILE_TOLERANCE && score <= best + FILE_TOLERANCE;
  return { name: `nab ${detector} ${profile.name} ${file} range`, passed, detail: `${score} not in ${worst}..${best}` };
}

/** Normalised scores over all published files, and over those of the data folder when it is one of the two halves. */
function* splitChecks(published: Published[], corpus: NabSeries[], splits: CsvTable): Generator<Check> {
  const [detectorAt, profileAt] = [columnIndex(splits, "detector"), columnIndex(splits, "profile")];
  const present = new Set(corpus.map(({ name }) => name));
  const halves = ["dev", "heldout"].map((split) => ({ split, at: columnIndex(splits, split) }));
  const tallies = new Map(halves.map(({ split }) => [split, [] as Check[]]));
  for (const row of splits.rows) {
    const detector = row[detectorAt] ?? "";
    if (detector === "random") continue;
    const own = published.filter((one) => one.detector === detector && one.profile.name === row[profileAt]);
    const name = `nab ${detector} ${row[profileAt] ?? ""}`;
    yield compareNumbers(
      `${name} all`,
      normalised(own, published),
      Number(row[columnIndex(splits, "all")]),
      SPLIT_TOLERANCE,
    );
    const here = own.filter(({ file }) => present.has(file));
    for (const { split, at } of halves) {
      const actual = normalised(here, published);
      tallies.get(split)?.push(compareNumbers(`${name} ${split}`, actual, Number(row[at]), SPLIT_TOLERANCE));
    }
  }
  // The folder says not which half it is: it is the one whose figures it gives.
  const best = [...tallies.values()].sort((a, b) => b.filter(passed).length - a.filter(passed).length)[0];
  yield* best ?? [];
}

const passed = (check: Check) => check.passed;

function normalised(rows: Published[], published: Published[]): number {
  const profile = rows[0]?.profile ?? NAB_PROFILES.standard;
  const files = new Set(rows.map(({ file }) => file));
  const silent = published.filter((row) => row.detector === "null" && row.profile === profile && files.has(row.file));
  const windowCount = -silent.reduce((total, { score }) => total + score, 0) / profile.miss;
  const raw = rows.reduce((total, { score }) => total + score, 0);
  return nabNormalised(raw, windowCount, profile);
}
