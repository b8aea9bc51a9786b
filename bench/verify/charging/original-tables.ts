import { INTERVAL_COLUMNS, INTERVAL_ROLES, intervalOrder } from "#lib/charging/cleaning/interval-columns";
import { SESSION_COLUMNS, SESSION_ROLES } from "#lib/charging/cleaning/session-columns";
import type { ColumnValues } from "#lib/tables/column";

type Rows = Record<string, string>[];

const numberText = (value: number) => (Number.isNaN(value) ? "" : String(value));

/** "2018-03-15 14:38:02.4": a wall clock as the export writes it. */
function clockText(ms: number, decimals: number): string {
  if (Number.isNaN(ms)) return "";
  const text = new Date(ms).toISOString().replace("T", " ");
  return text.slice(0, text.length - 4 + decimals);
}

function cellText(value: string | number | boolean | null | undefined): string {
  return typeof value === "number" ? numberText(value) : String(value ?? "");
}

const readerOf = (names: readonly string[], columns: readonly ColumnValues[]) => (name: string, row: number) =>
  columns[names.indexOf(name)]?.[row];

/** Stored intervals in the columns and order of the original's cleaned file. */
export function originalIntervalRows(columns: readonly ColumnValues[]): Rows {
  const [intervalIds, sessionIds] = columns as Float64Array[];
  const read = readerOf(
    INTERVAL_COLUMNS.map(({ name }) => name),
    columns,
  );
  const stored: Record<(typeof INTERVAL_ROLES)[number][0], string> = {
    interval: "interval_id",
    session: "session_id",
    start: "started_at",
    duration: "duration_s",
    peak: "peak_kw",
    average: "average_kw",
    energy: "energy_kwh",
  };
  return Array.from(intervalOrder(sessionIds!, intervalIds!), (row) =>
    Object.fromEntries(
      INTERVAL_ROLES.map(([role, , , header]) => {
        const value = read(stored[role], row) as number;
        return [header, role === "start" ? clockText(value, 1) : numberText(value)];
      }),
    ),
  );
}

/** Stored sessions with the columns of the raw file and the six that the original adds. */
export function originalSessionRows(columns: readonly ColumnValues[]): Rows {
  const read = readerOf(
    SESSION_COLUMNS.map(({ name }) => name),
    columns,
  );
  const rowCount = columns[0]?.length ?? 0;
  return Array.from({ length: rowCount }, (_, row) => {
    const of = (name: string) => cellText(read(name, row));
    const startMs = read("started_at", row) as number;
    const raw = SESSION_ROLES.flatMap(({ chargePoint, column }) =>
      chargePoint === null || column === null ? [] : [[chargePoint, of(column.name)]],
    );
    return {
      ...(Object.fromEntries(raw) as Record<string, string>),
      "Station Start Time (Local)": clockText(startMs, 1),
      "Station End Time (Local)": clockText(read("ended_at", row) as number, 1),
      start_datetime: clockText(startMs, 3),
      start_seconds: of("start_s"),
      start_year: of("start_year"),
      start_month: of("start_month"),
      start_day: of("start_day_of_year"),
      start_weekday: of("start_weekday"),
    };
  });
}
