/** A tariff's clock is of quarter hours: some begin at half past. */
export const QUARTERS_PER_DAY = 96;
const MONTHS = 12;

/** Cells of (day type, month, quarter hour): two day types of twelve months of 96 quarter hours. */
export const QUARTER_CELL_COUNT = 2 * MONTHS * QUARTERS_PER_DAY;

export const DAY_CHOICES = ["all", "weekday", "weekend"] as const;
export type DayChoice = (typeof DAY_CHOICES)[number];

/** 0 = weekday, 1 = weekend or holiday. */
export type DayTypeIndex = 0 | 1;

/**
 * Hours of some days of some months. `from` is in it, `to` is not; a window that ends before it begins goes past
 * midnight, one that ends where it begins is the whole day.
 */
export interface TariffWindow {
  /** 1 to 12. */
  months: number[];
  days: DayChoice;
  /** "08:30" */
  from: string;
  to: string;
}

export function quarterCell(dayType: number, month: number, quarter: number): number {
  return (dayType * MONTHS + month) * QUARTERS_PER_DAY + quarter;
}

/** Quarter hours since midnight. */
export function quarterOf(clock: string): number {
  const [hour, minute] = clock.split(":").map(Number);
  return hour! * 4 + Math.floor(minute! / 15);
}

/** "08:30"; 96 is "24:00". */
export function clockOfQuarter(quarter: number): string {
  return `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;
}

/** The quarter hours of a day from one time to another, past midnight when it ends before it begins. */
export function quartersOf({ from, to }: Pick<TariffWindow, "from" | "to">): number[] {
  const first = quarterOf(from) % QUARTERS_PER_DAY;
  const length = quarterOf(to) - first;
  const count = length > 0 ? length : length + QUARTERS_PER_DAY;
  return Array.from({ length: count }, (_, k) => (first + k) % QUARTERS_PER_DAY).sort((a, b) => a - b);
}

/** The cells of a window, each once. */
export function cellsOf(window: TariffWindow): number[] {
  const quarters = quartersOf(window);
  const dayTypes = window.days === "all" ? [0, 1] : [window.days === "weekday" ? 0 : 1];
  return dayTypes.flatMap((dayType) =>
    window.months.flatMap((month) => quarters.map((quarter) => quarterCell(dayType, month - 1, quarter))),
  );
}

/**
 * The fewest windows, by day, that hold the cells of each kind: hours in a row first, then months of equal hours,
 * then both day types where they agree. Cells of kind null are in none.
 */
export function windowsOf<K extends string | number>(
  kindOf: (cell: number) => K | null,
): (TariffWindow & { kind: K })[] {
  const byHours = new Map<string, { kind: K; from: number; to: number; months: [number[], number[]] }>();
  for (const dayType of [0, 1] as const) {
    for (let month = 0; month < MONTHS; month++) {
      for (const run of runsOfDay((quarter) => kindOf(quarterCell(dayType, month, quarter)))) {
        const key = `${run.from} ${run.to} ${typeof run.kind} ${run.kind}`;
        const known = byHours.get(key) ?? { ...run, months: [[], []] };
        known.months[dayType].push(month + 1);
        byHours.set(key, known);
      }
    }
  }
  return [...byHours.values()].flatMap(({ kind, from, to, months: [weekday, weekend] }) => {
    const hours = { from: clockOfQuarter(from), to: clockOfQuarter(to), kind };
    const both: (TariffWindow & { kind: K })[] =
      weekday.join() === weekend.join()
        ? [{ ...hours, months: weekday, days: "all" }]
        : [
            { ...hours, months: weekday, days: "weekday" },
            { ...hours, months: weekend, days: "weekend" },
          ];
    return both.filter(({ months }) => months.length > 0);
  });
}

interface Run<K> {
  kind: K;
  from: number;
  to: number;
}

/** Quarter hours of one kind in a row; the last joins the first past midnight. */
function runsOfDay<K>(kindOf: (quarter: number) => K | null): Run<K>[] {
  const runs: { kind: K | null; from: number; to: number }[] = [];
  for (let quarter = 0; quarter < QUARTERS_PER_DAY; quarter++) {
    const kind = kindOf(quarter);
    const last = runs.at(-1);
    if (last?.kind === kind) last.to = quarter + 1;
    else runs.push({ kind, from: quarter, to: quarter + 1 });
  }
  const [first, last] = [runs[0], runs.at(-1)];
  if (first && last && first !== last && first.kind === last.kind) {
    first.from = last.from;
    runs.pop();
  }
  return runs.flatMap(({ kind, from, to }) => (kind === null ? [] : [{ kind, from, to }]));
}
