import { afterAll, expect, it } from "vitest";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { closeLive } from "#lib/live/subscribe";
import { createRun } from "#lib/runs/service/create-run";
import { getRunResult } from "#lib/runs/service/get-run-result";
import { Driver } from "#lib/testing/drive";
import { makeWorkspace } from "#lib/testing/people";
import { addFile } from "#lib/uploads/service/add-file";
import { forecastLoadResult } from "./forecast/schema.ts";
import { sessionModel } from "./models/schema.ts";
import { chargingStatisticsResult } from "./statistics/schema.ts";

afterAll(async () => {
  await closeLive();
  await closeDb();
  await closePool();
});

/** Workplace sessions at nine of 20 drivers on these days of January 2019. */
function sessions(fromDay: number, toDay: number): string {
  const rows = ["session_id,start_time,end_time,energy_kwh,driver_id,poi_category,county,zip"];
  for (let day = fromDay; day < toDay; day++) {
    for (let driver = 0; driver < 20; driver++) {
      const date = `2019-01-${String(day).padStart(2, "0")}`;
      const minute = String((driver * 7 + day) % 60).padStart(2, "0");
      const energy = (8 + ((driver * 13 + day * 5) % 20) / 10).toFixed(1);
      rows.push(
        `${day}-${driver},${date}T17:${minute}:00Z,${date}T23:00:00Z,${energy},P${driver},Workplace,Marin County,94901`,
      );
    }
  }
  return `${rows.join("\n")}\n`;
}

it("learns a model from the pieces of a split file and forecasts load with it", async () => {
  const ctx = await makeWorkspace();
  const driver = new Driver(ctx);
  const work = async () => {
    while (await driver.work());
  };
  const ask = async (algorithm: string, inputs: Record<string, unknown>, params: Record<string, unknown> = {}) => {
    const { id } = await createRun(ctx, { algorithm, params, inputs });
    await work();
    const run = await systemDb().run.findUniqueOrThrow({ where: { id } });
    if (run.state !== "succeeded") throw new Error(run.errorDetail ?? run.state);
    return { id, ...(await getRunResult(ctx, id)) };
  };
  try {
    await addFile(ctx, { fileName: "0_sessions.csv", kind: "auto", chunks: [sessions(1, 12)] });
    await addFile(ctx, { fileName: "1_sessions.csv", kind: "auto", chunks: [sessions(12, 29)] });
    await work();
    const [first] = await systemDb().dataset.findMany({
      where: { workspaceId: ctx.workspaceId },
      orderBy: { name: "asc" },
    });
    const inputs = { datasetIds: [first!.id] };

    const training = await ask("train-session-model", inputs, { driverSessionsMin: 10 });
    const model = sessionModel.parse(training.result);
    expect(model.card).toMatchObject({ sessionCount: 560, driverCount: 20, datasets: ["0_sessions", "1_sessions"] });
    expect(model.mixtures.map(({ segment, dayType }) => `${segment} ${dayType}`)).toEqual([
      "work weekday",
      "work weekend",
    ]);
    expect(JSON.stringify(model)).not.toContain("P13");

    const statistics = chargingStatisticsResult.parse((await ask("charging-statistics", inputs)).result);
    expect(statistics.counties).toMatchObject([{ place: "Marin", sessions: 560 }]);

    const params = { evCount: 1000, fastShare: 0, workShare: 1 };
    const forecast = forecastLoadResult.parse((await ask("forecast-load", { modelRunId: training.id }, params)).result);
    expect(forecast.days[0]!.segments.map(({ sessions: count }) => count)).toEqual([0, 0, 0, 1000, 0, 0]);
    expect(forecast.days[0]!.energyKwh / 1000).toBeCloseTo(model.card.fits[0]!.energyKwhMean, 0);
    const usual = forecastLoadResult.parse((await ask("forecast-load", {}, params)).result);
    expect(usual.modelName).toContain("California");
    await expect(ask("forecast-load", { modelRunId: first!.id }, params)).rejects.toThrow("finished training");
  } finally {
    driver.close();
  }
}, 90_000);
