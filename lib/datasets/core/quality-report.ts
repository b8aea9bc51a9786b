import { z } from "zod";

export const ruleSeverity = z.enum(["dropped", "repaired", "noted"]);
export type RuleSeverity = z.infer<typeof ruleSeverity>;

export const ruleExample = z.object({
  /** Record number in the file; the header is row 1. */
  row: z.number().int(),
  column: z.string().nullable(),
  value: z.string(),
  detail: z.string(),
  /** File of the row, when the upload holds several. */
  file: z.string().optional(),
});
export type RuleExample = z.infer<typeof ruleExample>;

export const ruleFinding = z.object({
  rule: z.string(),
  label: z.string(),
  severity: ruleSeverity,
  count: z.number().int(),
  firstRow: z.number().int(),
  lastRow: z.number().int(),
  examples: z.array(ruleExample).max(10),
  /** What to do about it, where the cleaner can tell. */
  advice: z.string().nullable(),
});
export type RuleFinding = z.infer<typeof ruleFinding>;

export const columnSummary = z.object({
  /** What was stored, for example `air_temperature`. */
  column: z.string(),
  label: z.string(),
  /** Header names it came from. */
  sources: z.array(z.string()),
  kept: z.number().int(),
  missing: z.number().int(),
  dropped: z.number().int(),
  /** Smallest and largest kept value in `unit`; null without numeric values. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  unit: z.string().nullable(),
  /** Unit in the file when it was converted. */
  originalUnit: z.string().nullable(),
});
export type ColumnSummary = z.infer<typeof columnSummary>;

/**
 * Every data row is counted once: `rowsIn = rowsKept + rowsDropped + rowsEmpty`. `rowsRepaired` is part of `rowsKept`,
 * `duplicates` (rows whose values were all stored before) part of `rowsDropped`. A row of a wide file is kept when one
 * of its values is. Rule counts are rows for rules about rows and values for rules about values.
 */
export const qualityReport = z.object({
  rowsIn: z.number().int(),
  rowsKept: z.number().int(),
  rowsRepaired: z.number().int(),
  rowsDropped: z.number().int(),
  /** Rows that carry no value at all, and nothing wrong. */
  rowsEmpty: z.number().int(),
  duplicates: z.number().int(),
  /** Values stored; larger than `rowsKept` when rows carry several. */
  valuesKept: z.number().int(),
  byRule: z.array(ruleFinding),
  columns: z.array(columnSummary),
});
export type QualityReport = z.infer<typeof qualityReport>;

export const EXAMPLES_MAX = 10;

/** Declared once per rule of a kind; the order of declaration is the order of the checks and of the report. */
export interface RuleDeclaration {
  rule: string;
  label: string;
  severity: RuleSeverity;
  /** Looks at the finished finding and may say what to do. */
  advise?: (finding: Omit<RuleFinding, "advice">) => string | null;
}

/** Counts one rule. `hit` is cheap enough for every value of a file; build an example only when it returns true. */
export class RuleCounter {
  readonly declaration: RuleDeclaration;
  #count = 0;
  #firstRow = Infinity;
  #lastRow = -Infinity;
  readonly #examples: RuleExample[] = [];

  constructor(declaration: RuleDeclaration) {
    this.declaration = declaration;
  }

  get count(): number {
    return this.#count;
  }

  hit(row: number): boolean {
    this.#count++;
    if (row < this.#firstRow) this.#firstRow = row;
    if (row > this.#lastRow) this.#lastRow = row;
    return this.#examples.length < EXAMPLES_MAX;
  }

  addExample(example: RuleExample): void {
    if (this.#examples.length >= EXAMPLES_MAX) return;
    this.#examples.push({ ...example, value: shorten(example.value) });
  }

  finish(): RuleFinding | null {
    if (this.#count === 0) return null;
    const { rule, label, severity, advise } = this.declaration;
    const range = { firstRow: this.#firstRow, lastRow: this.#lastRow };
    const finding = { rule, label, severity, count: this.#count, ...range, examples: this.#examples };
    return { ...finding, advice: advise?.(finding) ?? null };
  }
}

/** Copied, not sliced: a slice would keep the whole piece of the file it was cut from in memory. */
function shorten(value: string): string {
  return Array.from(value.slice(0, 200)).join("") + (value.length > 200 ? "…" : "");
}

export class ColumnCounter {
  readonly #summary: ColumnSummary;
  #min = Infinity;
  #max = -Infinity;
  kept = 0;
  missing = 0;
  dropped = 0;

  constructor(about: Pick<ColumnSummary, "column" | "label" | "sources" | "unit" | "originalUnit">) {
    this.#summary = { ...about, kept: 0, missing: 0, dropped: 0, min: null, max: null };
  }

  addSource(source: string): void {
    if (!this.#summary.sources.includes(source)) this.#summary.sources.push(source);
  }

  keep(value: number): void {
    this.kept++;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  finish(): ColumnSummary {
    const hasRange = this.#min <= this.#max;
    const range = { min: hasRange ? this.#min : null, max: hasRange ? this.#max : null };
    return { ...this.#summary, kept: this.kept, missing: this.missing, dropped: this.dropped, ...range };
  }
}

type RowOutcome = "kept" | "repaired" | "dropped" | "duplicate" | "empty";

/** Accumulates a report while rows stream by; memory does not depend on the number of rows. */
export class QualityAccumulator {
  readonly #counters = new Map<string, RuleCounter>();
  readonly #columns = new Map<string, ColumnCounter>();
  readonly #outcomes: Record<RowOutcome, number> = { kept: 0, repaired: 0, dropped: 0, duplicate: 0, empty: 0 };
  #valuesKept = 0;

  constructor(rules: readonly RuleDeclaration[]) {
    for (const declaration of rules) this.#counters.set(declaration.rule, new RuleCounter(declaration));
  }

  /** @throws RangeError when the rule was not declared; that is a mistake in the cleaner, not in the file. */
  rule(rule: string): RuleCounter {
    const counter = this.#counters.get(rule);
    if (counter === undefined) throw new RangeError(`Rule ${rule} is not declared.`);
    return counter;
  }

  /** The counter of a stored column; made at first use. */
  column(key: string, about: () => ConstructorParameters<typeof ColumnCounter>[0]): ColumnCounter {
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const counter = new ColumnCounter(about());
    this.#columns.set(key, counter);
    return counter;
  }

  /** Counts one data row with its fate. */
  countRow(outcome: RowOutcome): void {
    this.#outcomes[outcome]++;
  }

  countValues(count: number): void {
    this.#valuesKept += count;
  }

  finish(): QualityReport {
    const { kept, repaired, dropped, duplicate, empty } = this.#outcomes;
    return {
      rowsIn: kept + repaired + dropped + duplicate + empty,
      rowsKept: kept + repaired,
      rowsRepaired: repaired,
      rowsDropped: dropped + duplicate,
      rowsEmpty: empty,
      duplicates: duplicate,
      valuesKept: this.#valuesKept,
      byRule: [...this.#counters.values()].map((counter) => counter.finish()).filter((finding) => finding !== null),
      columns: [...this.#columns.values()].map((counter) => counter.finish()),
    };
  }
}
