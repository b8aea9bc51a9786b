import { afterAll, beforeEach, expect, it } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { openRemoteTable } from "#lib/datasets/remote-table";
import { findDataset, listDatasets, type StoredTable } from "#lib/datasets/store";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { Driver } from "#lib/testing/drive";
import { makeWorkspace } from "#lib/testing/people";
import { addFile } from "#lib/uploads/service/add-file";
import { getUpload } from "#lib/uploads/service/require-upload";
import { INTERVAL_ROLES } from "./interval-columns.ts";
import { SESSION_ROLES } from "./session-columns.ts";

let ctx: Ctx;
beforeEach(async () => {
  ctx = await makeWorkspace();
});
afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

async function upload(fileName: string, text: string) {
  const driver = new Driver(ctx);
  const id = await addFile(ctx, { fileName, kind: "auto", chunks: [text] });
  while (await driver.work());
  driver.close();
  return getUpload(ctx, id);
}

const datasets = async () => {
  const { items } = await listDatasets(ctx, { limit: 20 });
  return Object.fromEntries(items.map((dataset) => [dataset.kind, dataset]));
};
const rowsOf = async ({ table }: { table: StoredTable | null }) => (await openRemoteTable(table!)).readRows(0, 100);

const HEADERS = SESSION_ROLES.flatMap(({ chargePoint }) => chargePoint ?? []);

function session(change: Record<string, string>): string {
  const row: Record<string, string> = {
    "Session ID": "1",
    "Station Start Time (Local)": "2019-03-15 14:38:02.4",
    "Session Time (secs)": "7200",
    "Energy (kWh)": "8.4",
    "Session Type": "DRIVER",
    ...change,
  };
  return HEADERS.map((header) => row[header] ?? "").join(",");
}

it("cleans a session file by its rules and keeps the fleet as a dataset of its own", async () => {
  const rows = [
    session({}),
    session({ "Session ID": "2", "Session Type": "FLEET" }),
    session({ "Session ID": "3", "Energy (kWh)": "0" }),
  ];
  const { state, kind, dataset } = await upload("sessions.csv", `${HEADERS.join(",")}\n${rows.join("\n")}\n`);
  expect({ state, kind }).toEqual({ state: "checked", kind: "charging-sessions" });
  expect(dataset).toMatchObject({ rowsIn: 3, rowsKept: 1 });

  const { "charging-sessions": sessions, "charging-fleet-sessions": fleet } = await datasets();
  expect(sessions!.report.byRule.map(({ rule, count }) => [rule, count])).toEqual([
    ["energy_low", 1],
    ["fleet_apart", 1],
  ]);
  expect(fleet).toMatchObject({ name: "sessions-fleet", rowsKept: 1, runId: sessions!.runId });
  expect(await rowsOf(sessions!)).toMatchObject([{ session_id: "1", started_at: "2019-03-15T21:38:02.400Z" }]);
  expect(await rowsOf(fleet!)).toMatchObject([{ session_id: "2", energy_kwh: 8.4 }]);
});

it("stores intervals in the order of their sessions", async () => {
  const header = INTERVAL_ROLES.map(([, , , name]) => name).join(",");
  const row = (interval: number, id: number) => `${interval},${id},2018-06-13 11:15:00.0,900,6.7,6.4,1.6`;
  await upload("intervals.csv", `${header}\n${[row(4, 9), row(3, 9), row(8, 2), row(7, 10)].join("\n")}\n`);
  const { "charging-intervals": intervals } = await datasets();
  const rows = await rowsOf(intervals!);
  expect(rows.map(({ session_id: id, interval_id: interval }) => [id, interval])).toEqual([
    [2, 8],
    [9, 3],
    [9, 4],
    [10, 7],
  ]);
});

it("reads charge detail records of OCPI", async () => {
  const record = (id: string, energy: number) => ({
    id,
    start_date_time: "2026-03-15T13:00:00Z",
    end_date_time: "2026-03-15T15:00:00Z",
    cdr_token: { uid: "x", contract_id: "DE-ABC-1" },
    cdr_location: { id: "L1", city: "Gent", country: "BEL", connector_power_type: "DC", evse_uid: "E7" },
    currency: "EUR",
    total_cost: { excl_vat: 4 },
    total_energy: energy,
    total_time: 2,
    total_parking_time: 0.5,
    charging_periods: [{ start_date_time: "2026-03-15T13:00:00Z", dimensions: [{ type: "ENERGY", volume: 120 }] }],
  });
  const body = { status_code: 1000, data: [record("a", 15.5), record("b", 0)], timestamp: "2026-03-16T00:00:00Z" };
  const { kind, dataset } = await upload("cdrs.json", JSON.stringify(body));
  expect({ kind, rowsKept: dataset?.rowsKept }).toEqual({ kind: "charging-sessions", rowsKept: 1 });
  expect(await rowsOf((await findDataset(ctx, dataset!.id))!)).toMatchObject([
    { session_id: "a", energy_kwh: 15.5, session_s: 7200, charging_s: 5400, segment: "fast", fee_currency: "EUR" },
  ]);
});
