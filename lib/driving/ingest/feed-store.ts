import type { PoolClient } from "pg";
import { inWorkspaceSql } from "#lib/db/sql";
import { LIVE_CHANNEL, type LiveMessage } from "#lib/live/channel";
import type { RuleSet } from "../rules/core/rule.ts";
import { loadRuleSet } from "../rules/rule-set-store.ts";
import { wallClock, wallMs } from "./sql-arrays.ts";

export interface Feed {
  workspaceId: string;
  lastSeq: number;
  lastEventNo: number;
  frameNo: number;
  frameAfterSeq: number;
  driverCount: number;
  newestDriverNo: number;
  newestAtMs: number;
  secondDriverNo: number;
  secondAtMs: number;
  gapS: number;
  lateAfterS: number;
  rulesNo: number;
}

export interface LiveEvent {
  eventNo: number;
  kind: string;
  payload: Record<string, unknown>;
}

export interface LedgerEntry {
  received: number;
  stored: number;
  duplicate: number;
  rejected: number;
  late: number;
  calls: number;
}

/** What a writer holds while nobody else writes to this workspace's stream. */
export interface OpenFeed {
  client: PoolClient;
  feed: Feed;
  /** The database's clock, the same for every process. */
  nowMs: number;
  /** Arrival number of the newest record before. */
  afterSeq: number;
  /** The workspace's own rules. */
  rules: RuleSet;
}

const LOCK = `select workspace_id as "workspaceId", last_seq::float8 as "lastSeq", last_event_no::float8 as "lastEventNo",
    frame_no::float8 as "frameNo", frame_after_seq::float8 as "frameAfterSeq", driver_count as "driverCount",
    coalesce(newest_driver_no, 0) as "newestDriverNo", coalesce(${wallMs("newest_at")}, 'NaN') as "newestAtMs",
    coalesce(second_driver_no, 0) as "secondDriverNo", coalesce(${wallMs("second_at")}, 'NaN') as "secondAtMs",
    gap_s as "gapS", late_after_s as "lateAfterS", rules_no as "rulesNo"
  from driving_feeds where workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid for update;
  select ${wallMs("clock_timestamp()")} as "nowMs"`;

/**
 * Runs `fn` as the only writer of a workspace's stream, in one transaction: numbers given out in it are visible in
 * their order, and only together with everything before them.
 */
export function inFeed<T>(scope: { workspaceId: string }, fn: (open: OpenFeed) => Promise<T>): Promise<T> {
  return inWorkspaceSql(scope, async (client) => fn(await lockFeed(client, scope.workspaceId)));
}

async function lockFeed(client: PoolClient, workspaceId: string): Promise<OpenFeed> {
  for (;;) {
    // Without parameters, so that the clock is read in the same round trip but after the wait for the lock.
    const [feeds, clock] = (await client.query(LOCK)) as unknown as [{ rows: Feed[] }, { rows: { nowMs: number }[] }];
    const [feed] = feeds.rows;
    const nowMs = clock.rows[0]?.nowMs ?? NaN;
    if (feed) return { client, feed, nowMs, afterSeq: feed.lastSeq, rules: await loadRuleSet(client, feed) };
    await client.query("insert into driving_feeds (workspace_id) values ($1) on conflict do nothing", [workspaceId]);
  }
}

const SAVE = `update driving_feeds set last_seq = $2::bigint, last_event_no = $3, frame_no = $4, frame_after_seq = $5,
    driver_count = $6, newest_driver_no = nullif($7, 0), newest_at = ${wallClock("nullif($8::float8, 'NaN')")},
    second_driver_no = nullif($9, 0), second_at = ${wallClock("nullif($10::float8, 'NaN')")}
  where workspace_id = $1 returning 1`;
const NOTE = `insert into driving_ledger_hours as l
    (workspace_id, hour_at, received, stored, duplicate, rejected, late, calls, first_seq, last_seq)
  values ($1, date_trunc('hour', to_timestamp($13::float8 / 1000)), $14, $15::bigint, $16, $17, $18, $19,
    $2::bigint - $15::bigint + 1, $2)
  on conflict (workspace_id, hour_at) do update set received = l.received + excluded.received,
    stored = l.stored + excluded.stored, duplicate = l.duplicate + excluded.duplicate,
    rejected = l.rejected + excluded.rejected, late = l.late + excluded.late, calls = l.calls + excluded.calls,
    last_seq = excluded.last_seq`;

/** Writes the counters, the events and the ledger's hour, and tells every process; the last statement of a writer. */
export async function saveFeed(
  { client, feed, nowMs }: OpenFeed,
  { events, ledger }: { events: readonly LiveEvent[]; ledger: LedgerEntry | null },
): Promise<void> {
  const { workspaceId } = feed;
  if (events.length > 0) await insertEvents(client, workspaceId, events);
  const message: LiveMessage = { workspaceId, topic: "driving", id: String(feed.lastEventNo) };
  const noted = ledger && [
    ledger.received,
    ledger.stored,
    ledger.duplicate,
    ledger.rejected,
    ledger.late,
    ledger.calls,
  ];
  await client.query({
    name: noted ? "driving-save-feed-and-ledger" : "driving-save-feed",
    text: `with saved as (${SAVE})${noted ? `, noted as (${NOTE})` : ""} select pg_notify($11, $12)::text from saved`,
    values: [
      ...[workspaceId, feed.lastSeq, feed.lastEventNo, feed.frameNo, feed.frameAfterSeq, feed.driverCount],
      ...[feed.newestDriverNo, feed.newestAtMs, feed.secondDriverNo, feed.secondAtMs],
      ...[LIVE_CHANNEL, JSON.stringify(message)],
      ...(noted ? [nowMs, ...noted] : []),
    ],
  });
}

async function insertEvents(client: PoolClient, workspaceId: string, events: readonly LiveEvent[]): Promise<void> {
  await client.query({
    name: "driving-insert-events",
    text: `insert into driving_events (workspace_id, event_no, kind, payload)
      select $1, * from unnest($2::bigint[], $3::text[], $4::jsonb[])`,
    values: [
      workspaceId,
      events.map(({ eventNo }) => eventNo),
      events.map(({ kind }) => kind),
      events.map(({ payload }) => JSON.stringify(payload)),
    ],
  });
}
