import { describe, expect, it } from "vitest";
import { viewSpecs } from "#lib/charts/spec";
import { solveLinearProgram } from "#lib/math/linear-program/solve";
import { createRandom } from "#lib/math/random";
import { tableOfLines } from "../session-table.ts";
import { runOptimiseCharging } from "./run.ts";
import { optimiseChargingParams, optimiseChargingResult } from "./schema.ts";
import { viewOptimiseCharging } from "./view.ts";

const LINES = [
  "08:00 17:00 13 6.6",
  "08:30 12:00 9 6.6",
  "09:00 18:00 20 11",
  "22:00 06:30 12 6.6",
  "10:00 10:30 8 6.6",
];

async function optimise(params: object, lines = LINES) {
  const written: string[] = [];
  const tools = { signal: new AbortController().signal, rng: createRandom("run"), onProgress: () => undefined };
  const writeText = async (text: string) => void written.push(text);
  const parsed = optimiseChargingParams.parse(params);
  const result = await runOptimiseCharging(
    parsed,
    { table: tableOfLines(lines), tariff: null, solve: solveLinearProgram, writeText },
    tools,
  );
  return { result: optimiseChargingResult.parse(result), rows: written.join("").trimEnd().split("\n"), params: parsed };
}

describe("managed charging", () => {
  it("costs no more than any rule of thumb that delivers as much, and as much as HiGHS finds", async () => {
    const { result } = await optimise({ energyHours: 1, demandDays: 1 });
    for (const baseline of result.baselines) {
      if (baseline.unmetKwh > result.managed.unmetKwh + 1e-6) continue;
      expect(baseline.costUsd).toBeGreaterThanOrEqual(result.managed.costUsd - 1e-9);
    }
    expect(result.certificate.solverUsd).toBeCloseTo(result.managed.costUsd, 6);
    expect(result.managed.costUsd - result.certificate.boundUsd).toBeLessThan(1e-8);
  });

  it("names sessions that cannot get their energy, with the reason", async () => {
    const { result } = await optimise({});
    expect(result.unmet).toEqual([
      {
        session: 5,
        arrival: "10:00",
        departure: "10:30",
        requestedKwh: 8,
        unmetKwh: expect.closeTo(4.7, 9),
        reason: "window",
      },
    ]);
    expect(result.managed.unmetSessions).toBe(1);
    const limited = await optimise({ capKw: 5 });
    expect(limited.result.unmet.map(({ reason }) => reason)).toEqual(["both"]);
    expect(limited.result.managed.peakKw).toBeLessThanOrEqual(5 + 1e-6);
    expect(limited.result.certificate.solverUsd).toBeCloseTo(limited.result.managed.costUsd, 5);
  });

  it("writes one line per session with its power in every quarter hour", async () => {
    const { rows } = await optimise({});
    expect(rows).toHaveLength(LINES.length + 1);
    expect(rows[0]).toContain("row,arrival,departure,energy_kwh,power_kw_max,delivered_kwh,unmet_kwh,kw_0000,kw_0015");
    const cells = rows[2]!.split(",");
    expect(cells.slice(0, 4)).toEqual(["2", "08:30", "12:00", "9"]);
    const powers = cells.slice(7).map(Number);
    expect(0.25 * powers.reduce((sum, kw) => sum + kw, 0)).toBeCloseTo(9, 4);
    expect(cells.slice(7 + 48).every((cell) => cell === "")).toBe(true);
  });

  it("draws a valid view, with the limit and what is missing", async () => {
    const { result } = await optimise({ tariff: "PGEcev", capKw: 8 });
    const specs = viewSpecs.parse(viewOptimiseCharging(result));
    expect(specs.map(({ kind }) => kind)).toEqual(["metrics", "note", "series", "table", "table", "series"]);
    expect(JSON.stringify(specs)).toContain("Site limit");
    expect(JSON.stringify(specs)).toContain("183.86 $ a month");
  });
});
