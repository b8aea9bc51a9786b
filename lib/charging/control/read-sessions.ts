import { join } from "node:path";
import type { RunScope } from "#lib/algorithms/io";
import { downloadObject } from "#lib/datasets/cleaning/download-object";
import { AppError } from "#lib/errors";
import { describeParquet, readParquet } from "#lib/tables/parquet-reader";
import { requireSessionDataset } from "./session-fingerprint.ts";
import type { Tariff } from "../tariffs/schema.ts";
import { requireTariff } from "../tariffs/service/get-tariff.ts";
import type { SessionInputs } from "./session-inputs.ts";
import { SLOT_S, type SessionTable, tableOfLines } from "./session-table.ts";

const ROWS_MAX = 2_000_000;
/** Names a column may have, the usual first. */
const NAMES = {
  startS: ["start_s"],
  stayS: ["session_s"],
  arrivalSlot: ["arrival_slot", "arrival_index"],
  departureSlot: ["departure_slot", "departure_index"],
  energyKwh: ["energy_kwh"],
  powerKwMax: ["power_kw_max", "max_power_kw"],
  year: ["start_year"],
  dayOfYear: ["start_day_of_year"],
} as const;
type Role = keyof typeof NAMES;

/** The tariff of the workspace that a run names. */
export async function readTariff({ ctx }: Pick<RunScope, "ctx">, { tariffId }: SessionInputs): Promise<Tariff | null> {
  return tariffId === null ? null : (await requireTariff(ctx, tariffId)).tariff;
}

/** The sessions of a run's inputs as columns. */
export async function readSessions(
  { ctx, tempDir }: Pick<RunScope, "ctx" | "tempDir">,
  { datasetId, sessions }: SessionInputs,
): Promise<SessionTable> {
  if (datasetId === null) return tableOfLines(sessions);
  const { name, table } = await requireSessionDataset(ctx, datasetId);
  const path = await downloadObject(table.objectKey, join(tempDir, "sessions.parquet"));
  const { rows, columns } = await describeParquet(path);
  if (rows > ROWS_MAX) {
    throw new AppError("too_large", `${name} has ${rows} rows; at most ${ROWS_MAX} sessions are read.`);
  }
  const present = new Set(columns.map((column) => column.name));
  const found = new Map<Role, string>();
  for (const [role, names] of Object.entries(NAMES)) {
    const column = names.find((candidate) => present.has(candidate));
    if (column !== undefined) found.set(role as Role, column);
  }
  requireColumns(name, found, present);
  return toTable(name, await readColumns(path, found), rows);
}

function requireColumns(name: string, found: ReadonlyMap<Role, string>, present: ReadonlySet<string>): void {
  const has = (...roles: Role[]) => roles.every((role) => found.has(role));
  if (has("energyKwh") && (has("startS", "stayS") || has("arrivalSlot", "departureSlot"))) return;
  const needed = "energy_kwh and either start_s with session_s or arrival_slot with departure_slot";
  throw new AppError(
    "unprocessable",
    `${name} is no table of sessions: ${needed} are needed, it has ${[...present].join(", ")}.`,
  );
}

async function readColumns(path: string, found: ReadonlyMap<Role, string>): Promise<Map<Role, Float64Array[]>> {
  const parts = new Map([...found.keys()].map((role): [Role, Float64Array[]] => [role, []]));
  for await (const { values } of readParquet(path, { columns: [...found.values()] })) {
    for (const [k, list] of [...parts.values()].entries()) {
      const column = values[k];
      list.push(column instanceof Float64Array ? column : Float64Array.from(column ?? [], Number));
    }
  }
  return parts;
}

function toTable(name: string, parts: ReadonlyMap<Role, Float64Array[]>, rows: number): SessionTable {
  const join = (role: Role): Float64Array => {
    const values = new Float64Array(rows).fill(NaN);
    let at = 0;
    for (const part of parts.get(role) ?? []) {
      values.set(part, at);
      at += part.length;
    }
    return values;
  };
  const [year, dayOfYear] = [join("year"), join("dayOfYear")];
  const day = year.map((value, row) => value * 1000 + dayOfYear[row]!);
  const shared = { name, energyKwh: join("energyKwh"), powerKwMax: join("powerKwMax"), day };
  if (parts.has("startS")) return { ...shared, startS: join("startS"), stayS: join("stayS") };
  const [arrival, departure] = [join("arrivalSlot"), join("departureSlot")];
  return {
    ...shared,
    startS: arrival.map((slot) => slot * SLOT_S),
    stayS: departure.map(
      (slot, row) => (slot > arrival[row]! ? slot - arrival[row]! : slot - arrival[row]! + 96) * SLOT_S,
    ),
  };
}
