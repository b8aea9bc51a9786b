import { systemContext } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { headObject } from "#lib/objects/store";
import { sweepWorkspace } from "#lib/uploads/service/sweep-storage";
import type { Acknowledged } from "./portal-client.ts";
import { readExpected, type PlannedFile } from "./plan-files.ts";

export interface RoundFacts {
  workspaceId: string;
  acknowledged: readonly Acknowledged[];
  runIds: readonly string[];
}

/** Checks every promise of the portal against one round's workspace; answers what is broken, nothing when all hold. */
export async function verifyRound(facts: RoundFacts): Promise<string[]> {
  const files = facts.acknowledged.map(({ file }) => file);
  const checks = [
    verifyUploads(facts),
    verifyDatasets(facts.workspaceId, files),
    verifyRuns(facts),
    verifyObservations(facts.workspaceId, files),
    verifyRollups(facts.workspaceId),
    verifyObjects(facts.workspaceId),
    verifyJobs(facts.workspaceId),
  ];
  const problems = (await Promise.all(checks)).flat();
  return problems.length > 0 ? problems : verifySweep(facts.workspaceId);
}

async function verifyUploads({ workspaceId, acknowledged }: RoundFacts): Promise<string[]> {
  const rows = await systemDb().upload.findMany({
    where: { workspaceId },
    include: { artifact: true, datasets: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const problems = acknowledged.flatMap(({ file, uploadId }) => {
    const row = byId.get(uploadId);
    const name = `${file.fileName} (${uploadId})`;
    if (!row) return [`${name}: acknowledged, but lost`];
    const state = file.becomes === "rejected" ? "rejected" : "checked";
    if (row.state !== state) return [`${name}: is ${row.state}, not ${state} (${row.reason ?? "no reason"})`];
    if (state === "rejected") return row.reason ? [] : [`${name}: rejected without a reason`];
    if (row.artifact?.sha256 !== file.sha256) return [`${name}: stored with other bytes`];
    return row.datasets.length === 1 ? [] : [`${name}: belongs to ${row.datasets.length} datasets`];
  });
  const known = new Set(acknowledged.map(({ uploadId }) => uploadId));
  // An upload whose answer was lost was sent again under another id; it may have arrived, but not got stuck half-way.
  const stuck = rows.filter((row) => !known.has(row.id) && row.state === "stored");
  return [...problems, ...stuck.map((row) => `${row.fileName} (${row.id}): stuck in ${row.state}`)];
}

async function verifyDatasets(workspaceId: string, files: readonly PlannedFile[]): Promise<string[]> {
  const datasets = await systemDb().dataset.findMany({ where: { workspaceId }, include: { table: true } });
  const cleaned = await systemDb().$queryRaw<{ sha256: string; runs: number; datasets: number }[]>`
    select a.sha256, count(distinct r.id)::int as runs, count(distinct d.id)::int as datasets
    from runs r join run_artifacts ra on ra.run_id = r.id and ra.direction = 'input' join artifacts a on a.id = ra.artifact_id
    left join datasets d on d.run_id = r.id
    where r.workspace_id = ${workspaceId}::uuid and r.algorithm = 'clean-table' and r.state = 'succeeded' group by a.sha256`;
  const bySha = new Map(cleaned.map((row) => [row.sha256, row]));
  const contents = new Set(files.filter((file) => file.becomes !== "rejected").map((file) => file.sha256));
  const problems = [...contents].flatMap((sha256) => {
    const { runs = 0, datasets: made = 0 } = bySha.get(sha256) ?? {};
    const name = files.find((file) => file.sha256 === sha256)?.fileName ?? sha256;
    return runs === 1 && made === 1 ? [] : [`${name}: ${runs} successful cleaning runs, ${made} datasets`];
  });
  if (datasets.length !== contents.size) problems.push(`${datasets.length} datasets of ${contents.size} contents`);
  return [...problems, ...datasets.filter((row) => !row.table).map((row) => `dataset ${row.name}: has no table`)];
}

async function verifyRuns({ workspaceId, runIds }: RoundFacts): Promise<string[]> {
  const runs = await systemDb().run.findMany({ where: { workspaceId } });
  const known = new Set(runs.map((run) => run.id));
  const lost = runIds.filter((id) => !known.has(id)).map((id) => `run ${id}: acknowledged, but lost`);
  const broken = runs.flatMap((run) => {
    const name = `run ${run.title} (${run.id})`;
    if (["queued", "starting", "running"].includes(run.state)) return [`${name}: stuck in ${run.state}`];
    if (run.state === "succeeded") return run.result === null ? [`${name}: succeeded without a result`] : [];
    return run.errorDetail ? [`${name}: ${run.state}: ${run.errorDetail}`] : [`${name}: ${run.state} without a reason`];
  });
  return [...lost, ...broken];
}

async function verifyObservations(workspaceId: string, files: readonly PlannedFile[]): Promise<string[]> {
  const expected = readExpected(files);
  const problems: string[] = [];
  const streams = await systemDb().datastream.findMany({ where: { workspaceId }, include: { sensor: true } });
  const found = new Set(streams.map((stream) => `${stream.sensor.code} ${stream.observedProperty}`));
  for (const name of expected.keys()) if (!found.has(name)) problems.push(`${name}: no datastream`);
  for (const stream of streams) {
    const name = `${stream.sensor.code} ${stream.observedProperty}`;
    const series = expected.get(name) ?? new Map<number, number>();
    const rows = await systemDb().$queryRaw<{ at: number; value: number }[]>`
      select (extract(epoch from observed_at) * 1000)::float8 as at, value from observations where datastream_id = ${stream.id}`;
    const wrong = rows.filter((row) => series.get(row.at) !== row.value).length;
    if (rows.length !== series.size || wrong > 0) {
      problems.push(`${name}: ${rows.length} observations of ${series.size}, ${wrong} with another value or instant`);
    }
    if (Number(stream.observationCount) !== rows.length) {
      problems.push(`${name}: counts ${stream.observationCount} of its ${rows.length} observations`);
    }
  }
  return problems;
}

async function verifyRollups(workspaceId: string): Promise<string[]> {
  const rows = await systemDb().$queryRaw<
    { id: bigint; bucketS: number; counted: number; observed: number; off: number }[]
  >`
    select d.id, r.bucket_s as "bucketS", sum(r.point_count)::int as counted, o.observed,
      abs(sum(r.value_sum) - o.total)::float8 as off
    from datastreams d
    join observation_rollups r on r.datastream_id = d.id
    join lateral (select count(*)::int as observed, coalesce(sum(value), 0) as total from observations where datastream_id = d.id) o on true
    where d.workspace_id = ${workspaceId}::uuid group by d.id, r.bucket_s, o.observed, o.total`;
  const wrong = rows.filter((row) => row.counted !== row.observed || row.off > 1e-6 * row.observed);
  const daily = new Set(rows.filter((row) => row.bucketS === 86_400).map((row) => row.id));
  const streams = await systemDb().datastream.findMany({ where: { workspaceId, observationCount: { gt: 0 } } });
  return [
    ...wrong.map((row) => `datastream ${row.id}, rollup ${row.bucketS} s: ${row.counted} points of ${row.observed}`),
    ...streams.filter((stream) => !daily.has(stream.id)).map((stream) => `datastream ${stream.id}: no daily rollup`),
  ];
}

async function verifyObjects(workspaceId: string): Promise<string[]> {
  const artifacts = await systemDb().artifact.findMany({ where: { workspaceId } });
  const heads = await Promise.all(artifacts.map((artifact) => headObject(artifact.objectKey)));
  return artifacts.flatMap((artifact, index) => {
    const sizeBytes = heads[index]?.sizeBytes;
    if (sizeBytes === Number(artifact.sizeBytes)) return [];
    return [`artifact ${artifact.fileName}: ${sizeBytes ?? "no"} bytes stored of ${artifact.sizeBytes}`];
  });
}

async function verifyJobs(workspaceId: string): Promise<string[]> {
  const rows = await systemDb().$queryRaw<{ task: string; error: string | null }[]>`
    select t.identifier as task, j.last_error as error
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.payload ->> 'workspaceId' = ${workspaceId}`;
  return rows.map((row) => `job ${row.task}: given up (${row.error ?? "no error"})`);
}

/** A sweep over a settled workspace finds nothing that was missed. */
async function verifySweep(workspaceId: string): Promise<string[]> {
  const findings = await sweepWorkspace(systemContext(workspaceId, "chaos", new Date(Date.now() + 120_000)));
  const missed = findings.takenIn + findings.found;
  return missed === 0 ? [] : [`the sweep found ${missed} objects that nobody had taken in`];
}
