import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { listControls } from "#lib/charging/cost-benefit/case-files/case-files";
import { readCase } from "#lib/charging/cost-benefit/case-files/read-case";
import { stateAssumptions } from "#lib/charging/cost-benefit/core/assumptions";
import { conventionsOf } from "#lib/charging/cost-benefit/core/conventions";
import type { CostTest, CostTestKey } from "#lib/charging/cost-benefit/core/cost-tests";
import { evaluateCase } from "#lib/charging/cost-benefit/core/evaluate-case";
import { loadTables } from "#lib/charging/cost-benefit/core/load-tables";
import { prepareHours } from "#lib/charging/cost-benefit/core/prepare-hours";
import { foldersIn, openCaseFolder, readReference } from "../charging/case-folder.ts";
import type { Check, VerifyRequest } from "./check.ts";

const RELATIVE_DIFFERENCE_MAX = 1e-9;

/** Every case under `cba/` against every reference folder `<case>_<control>`, with the conventions of 2020. */
export async function* verify({ dataDir, referenceDir, say }: VerifyRequest): AsyncGenerator<Check> {
  const references = foldersIn(join(referenceDir, "cba"));
  for (const name of foldersIn(join(dataDir, "cba"))) {
    const files = openCaseFolder(dataDir, name);
    const controls = listControls(files, `${name}/`);
    for (const reference of references.filter((folder) => folder.startsWith(`${name}_`))) {
      const control = reference.slice(name.length + 1);
      if (!controls.includes(control)) {
        say(`Not compared: cba/${reference}; cba/${name} has no charger_assignments_${control}.csv.`);
        continue;
      }
      yield* compareCase({ dataDir, name, control, folder: join(referenceDir, "cba", reference), say });
    }
  }
}

interface CaseComparison {
  dataDir: string;
  name: string;
  control: string;
  folder: string;
  say: (line: string) => void;
}

async function* compareCase({ dataDir, name, control, folder, say }: CaseComparison): AsyncGenerator<Check> {
  const label = `${name}_${control}`;
  let worst = 0;
  let count = 0;
  try {
    const { tables, tests } = await ourTables(dataDir, name, control);
    for (const [table, rows] of tables) {
      const path = join(folder, `${table}.csv`);
      if (!existsSync(path)) {
        say(`${label}: the reference has no ${table}.csv.`);
        continue;
      }
      const compared = compareTable(`${label} ${table}`, rows, readReference(path));
      for (const { difference, ...check } of compared) {
        worst = Math.max(worst, difference);
        count += 1;
        yield check;
      }
    }
    yield* compareCostTests({ label, path: join(folder, "..", "derived_cost_tests.json"), tests, say });
    say(`${label}: ${count} rows, largest relative difference ${worst.toExponential(1)}.`);
  } catch (error) {
    yield { name: label, passed: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

interface Row {
  name: string;
  firstYear: number | null;
  values: readonly number[];
}

interface OurTables {
  tables: Map<string, Row[]>;
  tests: readonly CostTest[];
}

async function ourTables(dataDir: string, name: string, control: string): Promise<OurTables> {
  const files = openCaseFolder(dataDir, name);
  const { source, horizon } = await readCase({ files, root: `${name}/`, name, control });
  const hours = prepareHours(source, horizon);
  const conventions = conventionsOf("script-2020");
  const stated = stateAssumptions(source.config);
  const { model, annual, emissions, gasoline, npv, tests } = evaluateCase({
    tables: source,
    hours,
    stated,
    conventions,
  });
  const yearly = { annual_results: annual, Emissions: emissions, annual_gas_consumption: gasoline };
  const present = npv.map((row) => ({ name: row.name, firstYear: null, values: [row.value] }));
  const loads = loadTables(model, hours).map(({ name: table, firstYear, rows }) => {
    const named = rows.map((row) => ({ name: `${row.type} ${row.hour}`, firstYear, values: row.valuesMw }));
    return [`${table}_loadprofile`, named] as const;
  });
  return { tests, tables: new Map<string, Row[]>([...Object.entries(yearly), ["npv_results", present], ...loads]) };
}

function* compareTable(
  label: string,
  ours: readonly Row[],
  reference: ReturnType<typeof readReference>,
): Generator<Check & { difference: number }> {
  const isLoad = Number.isNaN(reference.years[0]) && reference.years.length > 1;
  const years = isLoad ? reference.years.slice(1) : reference.years;
  for (const row of reference.rows) {
    const name = isLoad ? `${row.name} ${row.values[0]}` : row.name;
    const expected = isLoad ? row.values.slice(1) : row.values;
    const own = ours.find((candidate) => candidate.name === name);
    yield { name: `${label}: ${name}`, ...compareRow(own, expected, years) };
  }
}

function compareRow(own: Row | undefined, expected: readonly number[], years: readonly number[]) {
  if (!own) return { passed: false, difference: Infinity, detail: "we have no such row" };
  if (own.firstYear !== null && own.firstYear !== years[0]) {
    return { passed: false, difference: Infinity, detail: `begins in ${own.firstYear}, expected ${years[0]}` };
  }
  if (own.values.length !== expected.length) {
    const detail = `${own.values.length} values, expected ${expected.length}`;
    return { passed: false, difference: Infinity, detail };
  }
  const differences = expected.map((value, i) => relativeDifference(own.values[i]!, value));
  const difference = Math.max(0, ...differences);
  const at = differences.indexOf(difference);
  const detail = `${years[at] ?? ""}: expected ${expected[at]}, got ${own.values[at]} (relative ${difference})`;
  return { passed: difference <= RELATIVE_DIFFERENCE_MAX, difference, detail };
}

function relativeDifference(actual: number, expected: number): number {
  if (actual === expected) return 0;
  const difference = Math.abs(actual - expected) / Math.abs(expected);
  return Number.isNaN(difference) ? Infinity : difference;
}

const REFERENCE_TESTS: Record<CostTestKey, string> = {
  participant: "participant",
  ratepayer: "ratepayer_rim",
  totalResource: "regional_trc",
  societal: "societal",
};

interface CostTestComparison {
  label: string;
  path: string;
  tests: readonly CostTest[];
  say: (line: string) => void;
}

/** Cost tests stand in one file for all cases; a case that is not in it has none to compare. */
function* compareCostTests({ label, path, tests, say }: CostTestComparison): Generator<Check> {
  const reference = existsSync(path) ? derivedTests.parse(JSON.parse(readFileSync(path, "utf8"))).tests[label] : null;
  if (!reference) {
    say(`${label}: the reference has no cost tests.`);
    return;
  }
  for (const { key, benefitsUsd, costsUsd, netUsd } of tests) {
    const expected = reference[REFERENCE_TESTS[key]];
    if (!expected) continue;
    const ours = { name: key, firstYear: null, values: [benefitsUsd, costsUsd, netUsd] };
    const compared = compareRow(ours, [expected.benefits, expected.costs, expected.net], []);
    yield { name: `${label} cost tests: ${key}`, ...compared };
  }
}

const derivedTests = z.object({
  tests: z.record(
    z.string(),
    z.record(z.string(), z.object({ benefits: z.number(), costs: z.number(), net: z.number() })),
  ),
});
