import type { PoolClient } from "pg";
import { defineAlgorithmIo } from "#lib/algorithms/io";
import { type Block, type BlockSeries, splitBlocks } from "./blocks/split-blocks.ts";
import { type JudgedState, listMembers, markJudged, readBlock, readJudgedState } from "./blocks/store.ts";
import { replaceFlags, updateVerdicts, waitForOtherChecks } from "./check-store.ts";
import { checkNetwork } from "./checks/network/algorithm.ts";
import { fieldRule } from "./checks/network/field-rules.ts";
import { findBorders } from "./checks/network/find-borders.ts";
import type {
  CheckNetworkData,
  CheckNetworkInputs,
  CheckNetworkParams,
  CheckNetworkResult,
  Neighbourhood,
} from "./checks/network/schema.ts";
import { listNetworkPlaces, listVoters } from "./network-check-store.ts";

interface OpenCheck extends CheckNetworkData {
  judged: JudgedState & { key: string; blocks: readonly Block[] };
}

/** Reads neighbourhood after neighbourhood in which something is new; writes what was found as flags. */
export const networkCheckIo = defineAlgorithmIo<CheckNetworkInputs, CheckNetworkParams, OpenCheck, CheckNetworkResult>({
  open: async ({ client, ctx }, { inputs, params }) => {
    const split = splitBlocks(await listMembers(client, ctx.workspaceId, null));
    const borders = findBorders(split, await listVoters(client, ctx.workspaceId));
    const all = split.map((block, i) => ({ ...block, voterIds: borders[i]! }));
    const key = JSON.stringify([checkNetwork.version, params]);
    const state = await readJudgedState(client, ctx.workspaceId, { judge: "network", key });
    const isPast = inputs.toMs !== null;
    const blocks = isPast ? all : all.filter((block) => hasNews(block, state.changed));
    const window = { windowDays: params.windowDays, toMs: inputs.toMs };
    const read = async function* () {
      for (const block of blocks) yield readNeighbourhood(client, block, window);
    };
    return { neighbourhoods: read(), count: blocks.length, judged: { key, blocks, ...state } };
  },
  commit: async ({ client, ctx, runId }, { inputs, data, result }) => {
    const { workspaceId } = ctx;
    await waitForOtherChecks(client, workspaceId);
    if (inputs.toMs === null) await markJudged(client, workspaceId, { judge: "network", ...data.judged });
    if (result.judged.length === 0) return;
    const seriesIds = result.judged.map(({ datastreamId }) => datastreamId);
    // Flags from before the window that was judged stay.
    const fromMs = result.judged.reduce((least, judged) => Math.min(least, judged.fromMs), Infinity);
    const { flags } = result;
    await replaceFlags(client, { workspaceId, runId, by: "network", seriesIds, flags, fromMs, toMs: inputs.toMs });
    await updateVerdicts(client, { workspaceId, runId, seriesIds });
  },
});

interface BorderedBlock extends Block {
  voterIds: ReadonlySet<string>;
}

/** What those around measured since changes what is expected inside. */
const hasNews = ({ sensorIds, voterIds }: BorderedBlock, changed: ReadonlySet<string>) =>
  [...sensorIds, ...voterIds].some((id) => changed.has(id));

async function readNeighbourhood(
  client: PoolClient,
  { sensorIds, voterIds }: BorderedBlock,
  window: { windowDays: number; toMs: number | null },
): Promise<Neighbourhood> {
  const places = await listNetworkPlaces(client, [...sensorIds, ...voterIds]);
  const series = await readBlock(client, { sensorIds }, window);
  const lastMs = series.reduce((last, { times }) => Math.max(last, times.at(-1) ?? -Infinity), -Infinity);
  const upToLast = { ...window, toMs: lastMs };
  const accept = (stream: Pick<BlockSeries, "observedProperty" | "unit">) =>
    fieldRule(stream.observedProperty, stream.unit) !== null;
  const around =
    series.length > 0 ? await readBlock(client, { sensorIds: [...voterIds] }, { ...upToLast, accept }) : [];
  const own = places.filter(({ sensorId }) => !voterIds.has(sensorId));
  const referenceIds = [...new Set(own.flatMap(({ referenceId }) => (referenceId === null ? [] : [referenceId])))];
  const ofReferences =
    referenceIds.length === 0 || series.length === 0
      ? []
      : await readBlock(client, { sensorIds: referenceIds }, upToLast);
  const references = new Map(
    own.map(({ sensorId, referenceId }) => [sensorId, ofReferences.filter((one) => one.sensorId === referenceId)]),
  );
  return { places, series: [...series, ...around], references, voterIds };
}
