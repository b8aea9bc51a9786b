import { resolve } from "node:path";
import { readCase } from "#lib/charging/cost-benefit/case-files/read-case";
import { runCostBenefit } from "#lib/charging/cost-benefit/run";
import { costBenefitParams } from "#lib/charging/cost-benefit/schema";
import { comparison } from "#lib/charging/scenarios/schema";
import { compareScenarios } from "#lib/charging/scenarios/service/compare-scenarios";
import { insertScenario } from "#lib/charging/scenarios/store";
import { viewComparison } from "#lib/charging/scenarios/view";
import { systemDb } from "#lib/db/client";
import { newId } from "#lib/ids";
import { repositoryRoot } from "#lib/stack/repository-root";
import { makeRun } from "#lib/testing/rows";
import { pickCase } from "./charging/case-folder.ts";
import { inScratchWorkspace, measure, type Spread } from "./scratch-workspace.ts";

const DISCOUNT_RATES = [0.03, 0.05, 0.07, 0.09];
const COMPARISONS = 20;

interface CompareFigures {
  scenarios: number;
  resultMb: number;
  /** From the request to what the page draws. */
  compareMs: Spread;
}

/** Four stored cost-benefit cases side by side. */
export async function run({ dataDir }: { dataDir?: string }): Promise<CompareFigures> {
  const { name, control, files } = pickCase(dataDir ?? resolve(repositoryRoot, "../shared/data/charging"), undefined);
  const { source, horizon } = await readCase({ files, root: `${name}/`, name, control });
  const tools = { signal: new AbortController().signal, onProgress: () => undefined };
  return inScratchWorkspace(async (ctx) => {
    let resultBytes = 0;
    const ids = await Promise.all(
      DISCOUNT_RATES.map(async (discountRate) => {
        const params = costBenefitParams.parse({ discountRate });
        const result = runCostBenefit(params, { source, horizon, other: null }, tools);
        resultBytes += JSON.stringify(result).length;
        const runId = await makeRun(ctx.workspaceId);
        const data = { algorithm: "cost-benefit", state: "succeeded", params, result, errorCode: null };
        await systemDb().run.update({ where: { id: runId }, data });
        const id = newId();
        await insertScenario(ctx, { id, name: `Discount ${discountRate}`, tags: [], notes: "", runId });
        return id;
      }),
    );
    const compareMs = await measure(COMPARISONS, async () => {
      JSON.stringify(viewComparison(comparison.parse(await compareScenarios(ctx, ids))));
    });
    return { scenarios: ids.length, resultMb: resultBytes / 1e6, compareMs };
  });
}
