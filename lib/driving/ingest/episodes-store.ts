import type { PoolClient } from "pg";
import type { KnownEpisode } from "../core/replay-episodes.ts";
import type { EpisodeKind, EpisodeState } from "../core/track-episodes.ts";
import { numberArray, wallClock, wallMs } from "./sql-arrays.ts";

/** An episode as it is stored. */
export interface WrittenEpisode {
  id: string;
  driverNo: number;
  kind: EpisodeKind | "rule";
  state: EpisodeState;
  /** Null for the device's own. */
  ruleNo: number | null;
  place: string | null;
  startSeq: number;
  endSeq: number | null;
  startAtMs: number;
  endAtMs: number;
  lastAtMs: number;
  durationS: number;
  reportedS: number;
  peakSpeedKmh: number;
  recordCount: number;
  plate: string;
  latitude: number;
  longitude: number;
}

export async function saveEpisodes(
  client: PoolClient,
  workspaceId: string,
  episodes: readonly WrittenEpisode[],
): Promise<void> {
  if (episodes.length === 0) return;
  const numbers = (pick: (episode: WrittenEpisode) => number) => numberArray(episodes.map(pick));
  await client.query({
    name: "driving-save-episodes",
    text: `insert into driving_episodes as e (workspace_id, id, driver_no, kind, state, start_seq, end_seq, start_at, end_at, last_at,
        duration_s, reported_s, peak_speed_kmh, record_count, plate, latitude, longitude, rule_no, place)
      select $1, n.id, n.driver_no, n.kind, n.state, n.start_seq, n.end_seq, ${wallClock("n.start_ms")},
        ${wallClock("n.end_ms")}, ${wallClock("n.last_ms")}, n.duration_s, n.reported_s, n.peak, n.records, n.plate, n.latitude, n.longitude,
        n.rule_no, n.place
      from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::float8[], $9::float8[],
        $10::float8[], $11::float8[], $12::float8[], $13::float4[], $14::int[], $15::text[], $16::float8[], $17::float8[],
        $18::int[], $19::text[])
        as n(id, driver_no, kind, state, start_seq, end_seq, start_ms, end_ms, last_ms, duration_s, reported_s, peak, records, plate,
          latitude, longitude, rule_no, place)
      on conflict (id) do update set state = excluded.state, end_seq = excluded.end_seq, end_at = excluded.end_at, last_at = excluded.last_at,
        duration_s = excluded.duration_s, reported_s = excluded.reported_s, peak_speed_kmh = excluded.peak_speed_kmh,
        record_count = excluded.record_count, start_seq = excluded.start_seq, start_at = excluded.start_at,
        latitude = excluded.latitude, longitude = excluded.longitude, place = excluded.place`,
    values: [
      workspaceId,
      episodes.map(({ id }) => id),
      numbers(({ driverNo }) => driverNo),
      episodes.map(({ kind }) => kind),
      episodes.map(({ state }) => state),
      numbers(({ startSeq }) => startSeq),
      numbers(({ endSeq }) => endSeq ?? NaN),
      numbers(({ startAtMs }) => startAtMs),
      numbers(({ endAtMs }) => endAtMs),
      numbers(({ lastAtMs }) => lastAtMs),
      numbers(({ durationS }) => durationS),
      numbers(({ reportedS }) => reportedS),
      numbers(({ peakSpeedKmh }) => peakSpeedKmh),
      numbers(({ recordCount }) => recordCount),
      episodes.map(({ plate }) => plate),
      numbers(({ latitude }) => latitude),
      numbers(({ longitude }) => longitude),
      numbers(({ ruleNo }) => ruleNo ?? NaN),
      episodes.map(({ place }) => place),
    ],
  });
}

/** A driver, and a stretch of his time. */
export interface Stretch {
  driverNo: number;
  fromMs: number;
  toMs: number;
}

const stretchArrays = (stretches: readonly Stretch[]) => [
  numberArray(stretches.map(({ driverNo }) => driverNo)),
  numberArray(stretches.map(({ fromMs }) => fromMs)),
  numberArray(stretches.map(({ toMs }) => toMs)),
];

/**
 * For each stretch the time from which episodes must be followed again: the start of the earliest one that its
 * beginning falls into, or its beginning. An unclosed episode reaches to its newest record and the gap beyond; of an
 * open one of a rule the newest record is not known here.
 */
export async function findAffectedStarts(
  client: PoolClient,
  { gapS, stretches }: { gapS: number; stretches: readonly Stretch[] },
): Promise<Map<number, number>> {
  const { rows } = await client.query<{ driverNo: number; fromMs: number }>({
    name: "driving-affected-starts",
    text: `select n.driver_no as "driverNo", least(n.from_ms, ${wallMs("min(e.start_at)")}) as "fromMs"
      from unnest($1::int[], $2::float8[], $3::float8[]) as n(driver_no, from_ms, to_ms)
      left join driving_episodes e on e.driver_no = n.driver_no and e.start_at <= ${wallClock("n.from_ms")}
        and case when e.state = 'open' then 'infinity' when e.state = 'withdrawn' then '-infinity'
          else coalesce(e.end_at, e.last_at + make_interval(secs => $4)) end >= ${wallClock("n.from_ms")}
      group by n.driver_no, n.from_ms`,
    values: [...stretchArrays(stretches), gapS],
  });
  return new Map(rows.map(({ driverNo, fromMs }) => [driverNo, fromMs]));
}

export interface StoredEpisode extends Omit<KnownEpisode, "kind"> {
  driverNo: number;
  kind: EpisodeKind | "rule";
  ruleNo: number;
  isTold: boolean;
}

/** Stored episodes that start inside these stretches, both ends included; withdrawn ones are none. */
export async function listEpisodesIn(client: PoolClient, stretches: readonly Stretch[]): Promise<StoredEpisode[]> {
  const { rows } = await client.query<Omit<StoredEpisode, "endAtMs"> & { endAtMs: number | null }>({
    name: "driving-episodes-in",
    text: `select e.driver_no as "driverNo", e.id, e.kind, e.start_seq::float8 as "startSeq", e.state,
        e.end_seq::float8 as "endSeq", ${wallMs("e.start_at")} as "startAtMs", ${wallMs("e.end_at")} as "endAtMs",
        ${wallMs("e.last_at")} as "lastAtMs", coalesce(e.rule_no, 0) as "ruleNo",
        e.kind = 'rule' and exists (select from driving_alerts a where a.id = e.id) as "isTold"
      from unnest($1::int[], $2::float8[], $3::float8[]) as n(driver_no, from_ms, to_ms)
      join driving_episodes e on e.driver_no = n.driver_no
        and e.start_at between ${wallClock("n.from_ms")} and ${wallClock("n.to_ms")} and e.state <> 'withdrawn'`,
    values: stretchArrays(stretches),
  });
  return rows.map((row) => ({ ...row, endAtMs: row.endAtMs ?? NaN }));
}

export interface WrittenAlert {
  id: string;
  driverNo: number;
  kind: EpisodeKind | "rule";
  state: EpisodeState;
  speedKmh: number;
  /** Null for the device's own. */
  ruleNo: number | null;
  severity: string | null;
  isQuiet: boolean;
}

/** Raises alerts and clears them; what people said about one stays. */
export async function saveAlerts(
  client: PoolClient,
  { workspaceId, nowMs, alerts }: { workspaceId: string; nowMs: number; alerts: readonly WrittenAlert[] },
): Promise<void> {
  if (alerts.length === 0) return;
  await client.query({
    name: "driving-save-alerts",
    text: `insert into driving_alerts (workspace_id, id, driver_no, kind, state, raised_at, cleared_at, speed_kmh, rule_no, severity, is_quiet)
      select $1, n.id, n.driver_no, n.kind, n.state, to_timestamp($2::float8 / 1000),
        case when n.state <> 'open' then to_timestamp($2::float8 / 1000) end, n.speed_kmh, n.rule_no, n.severity,
        n.is_quiet
      from unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::float4[], $8::int[], $9::text[], $10::boolean[])
        as n(id, driver_no, kind, state, speed_kmh, rule_no, severity, is_quiet)
      on conflict (id) do update set state = excluded.state, cleared_at = excluded.cleared_at`,
    values: [
      ...[workspaceId, nowMs],
      alerts.map(({ id }) => id),
      numberArray(alerts.map(({ driverNo }) => driverNo)),
      alerts.map(({ kind }) => kind),
      alerts.map(({ state }) => state),
      numberArray(alerts.map(({ speedKmh }) => speedKmh)),
      numberArray(alerts.map(({ ruleNo }) => ruleNo ?? NaN)),
      alerts.map(({ severity }) => severity),
      alerts.map(({ isQuiet }) => isQuiet),
    ],
  });
}

/** Takes back episodes of rules that turned out to be none; what is not yet told of them is told no more. */
export async function withdrawEpisodes(
  client: PoolClient,
  { workspaceId, nowMs, ids }: { workspaceId: string; nowMs: number; ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return;
  await client.query(
    `with episodes as (update driving_episodes set state = 'withdrawn' where workspace_id = $1 and id = any($2::uuid[])),
       untold as (delete from driving_deliveries where workspace_id = $1 and alert_id = any($2::uuid[]) and state = 'waiting')
     update driving_alerts set state = 'withdrawn', cleared_at = coalesce(cleared_at, to_timestamp($3::float8 / 1000))
     where workspace_id = $1 and id = any($2::uuid[])`,
    [workspaceId, ids, nowMs],
  );
}
