import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeDb, systemDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { createRandom } from "#lib/math/random";
import { makeWorkspace } from "#lib/testing/people";
import { rowsOfCsv } from "../core/posted-rows.ts";
import { postRecords } from "../service/post-records.ts";
import { tickFeed } from "./tick-feed.ts";

const DAYS = join(import.meta.dirname, "../../../../shared/data/driving");
const BATCH = 2000;

function rowsOfDays(from: number, to: number): unknown[] {
  const names = readdirSync(DAYS).filter((name) => name.endsWith(".gz"));
  return names
    .sort()
    .slice(from, to)
    .flatMap((name) => {
      const lines = gunzipSync(readFileSync(join(DAYS, name)))
        .toString("utf8")
        .split("\n");
      const rows: unknown[] = [];
      for (let i = 0; i < lines.length; i += BATCH) rows.push(...rowsOfCsv(lines.slice(i, i + BATCH).join("\n")));
      return rows;
    });
}

async function postAll(ctx: Ctx, batches: readonly unknown[][]): Promise<void> {
  for (const batch of batches) await postRecords(ctx, batch, null);
  await systemDb().$executeRaw`
    update drivers set last_received_at = now() - interval '2 min' where workspace_id = ${ctx.workspaceId}::uuid`;
  await tickFeed(ctx);
}

function batchesOf(rows: readonly unknown[], size: number): unknown[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));
}

interface Found {
  driver: string;
  kind: string;
  state: string;
  startAt: Date;
  durationS: number | null;
  peakSpeedKmh: number;
  recordCount: number;
}

const episodesOf = ({ workspaceId }: Ctx) => systemDb().$queryRaw<Found[]>`
  select d.code as driver, e.kind, e.state, e.start_at as "startAt", e.duration_s as "durationS",
    e.peak_speed_kmh as "peakSpeedKmh", e.record_count as "recordCount"
  from driving_episodes e join drivers d using (driver_no) where e.workspace_id = ${workspaceId}::uuid
  order by d.code, e.start_at, e.kind, e.duration_s, e.peak_speed_kmh, e.record_count`;

afterAll(async () => {
  await closeDb();
  await closePool();
});

describe.skipIf(!existsSync(DAYS))("real days through the ingest (skipped without ../shared/data/driving)", () => {
  test("seven days give the known episodes, and every record is told in a frame", { timeout: 300_000 }, async () => {
    const ctx = await makeWorkspace();
    await postAll(ctx, batchesOf(rowsOfDays(0, 7), BATCH));
    const overspeed = (await episodesOf(ctx)).filter(({ kind }) => kind === "overspeed");
    expect(overspeed.filter(({ state }) => state === "closed")).toHaveLength(19_053);
    expect(overspeed.filter(({ state }) => state === "unclosed")).toHaveLength(11);
    const where = { workspaceId: ctx.workspaceId };
    const feed = await systemDb().drivingFeed.findUniqueOrThrow({ where });
    expect(Number(feed.lastSeq)).toBe(274_034);
    await systemDb().drivingFeed.update({ where, data: { frameNo: feed.frameNo - 1n } });
    await tickFeed(ctx);
    const [told] = await systemDb().$queryRaw<{ count: number }[]>`
      select sum((payload ->> 'toSeq')::bigint - (payload ->> 'fromSeq')::bigint + 1)::int as count
      from driving_events where workspace_id = ${ctx.workspaceId}::uuid and kind = 'frame'`;
    expect(told?.count).toBe(274_034);
  });

  test("in any order of arrival the episodes are the same", { timeout: 300_000 }, async () => {
    const rows = rowsOfDays(0, 1).slice(0, 6000);
    const [inOrder, shuffled] = [await makeWorkspace(), await makeWorkspace()];
    await postAll(inOrder, batchesOf(rows, BATCH));
    // Records of one second keep their order: there is no other way to know it.
    const seconds = Object.values(Object.groupBy(rows, (row) => (row as { Time: string }).Time));
    await postAll(
      shuffled,
      batchesOf(
        createRandom("driving")
          .shuffle(seconds)
          .flatMap((some) => some ?? []),
        500,
      ),
    );
    expect(await episodesOf(shuffled)).toEqual(await episodesOf(inOrder));
  });
});
