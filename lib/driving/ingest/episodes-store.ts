import type { PoolClient } from "pg";
import type { EpisodeKind, EpisodeState } from "../core/track-episodes.ts";
import { numberArray, wallClock } from "./sql-arrays.ts";

/** An episode as it is stored. */
export interface WrittenEpisode {
  id: string;
  driverNo: number;
  kind: EpisodeKind;
  state: EpisodeState;
  startSeq: number;
  endSeq: number | null;
  startAtMs: number;
  endAtMs: number;
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
    text: `insert into driving_episodes as e (workspace_id, id, driver_no, kind, state, start_seq, end_seq, start_at, end_at,
        duration_s, reported_s, peak_speed_kmh, record_count, plate, latitude, longitude)
      select $1, n.id, n.driver_no, n.kind, n.state, n.start_seq, n.end_seq, ${wallClock("n.start_ms")},
        ${wallClock("n.end_ms")}, n.duration_s, n.reported_s, n.peak, n.records, n.plate, n.latitude, n.longitude
      from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::float8[], $9::float8[],
        $10::float8[], $11::float8[], $12::float4[], $13::int[], $14::text[], $15::float8[], $16::float8[])
        as n(id, driver_no, kind, state, start_seq, end_seq, start_ms, end_ms, duration_s, reported_s, peak, records, plate,
          latitude, longitude)
      on conflict (id) do update set state = excluded.state, end_seq = excluded.end_seq, end_at = excluded.end_at,
        duration_s = excluded.duration_s, reported_s = excluded.reported_s, peak_speed_kmh = excluded.peak_speed_kmh,
        record_count = excluded.record_count`,
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
      numbers(({ durationS }) => durationS),
      numbers(({ reportedS }) => reportedS),
      numbers(({ peakSpeedKmh }) => peakSpeedKmh),
      numbers(({ recordCount }) => recordCount),
      episodes.map(({ plate }) => plate),
      numbers(({ latitude }) => latitude),
      numbers(({ longitude }) => longitude),
    ],
  });
}

export interface KnownEpisode {
  id: string;
  kind: EpisodeKind;
  startSeq: number;
  state: EpisodeState;
  endSeq: number | null;
}

/** A driver's stored episodes that start between two of his times, both included. */
export async function listEpisodesBetween(
  client: PoolClient,
  query: { workspaceId: string; driverNo: number; fromMs: number; toMs: number },
): Promise<KnownEpisode[]> {
  const { rows } = await client.query<KnownEpisode>(
    `select id, kind, start_seq::float8 as "startSeq", state, end_seq::float8 as "endSeq" from driving_episodes
     where workspace_id = $1 and driver_no = $2
       and start_at between ${wallClock("$3::float8")} and ${wallClock("$4::float8")}`,
    [query.workspaceId, query.driverNo, query.fromMs, query.toMs],
  );
  return rows;
}

export interface WrittenAlert {
  id: string;
  driverNo: number;
  kind: EpisodeKind;
  state: EpisodeState;
  speedKmh: number;
}

/** Raises alerts and clears them; what people said about one stays. */
export async function saveAlerts(
  client: PoolClient,
  { workspaceId, nowMs, alerts }: { workspaceId: string; nowMs: number; alerts: readonly WrittenAlert[] },
): Promise<void> {
  if (alerts.length === 0) return;
  await client.query({
    name: "driving-save-alerts",
    text: `insert into driving_alerts (workspace_id, id, driver_no, kind, state, raised_at, cleared_at, speed_kmh)
      select $1, n.id, n.driver_no, n.kind, n.state, to_timestamp($2::float8 / 1000),
        case when n.state <> 'open' then to_timestamp($2::float8 / 1000) end, n.speed_kmh
      from unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::float4[]) as n(id, driver_no, kind, state, speed_kmh)
      on conflict (id) do update set state = excluded.state, cleared_at = excluded.cleared_at`,
    values: [
      ...[workspaceId, nowMs],
      alerts.map(({ id }) => id),
      numberArray(alerts.map(({ driverNo }) => driverNo)),
      alerts.map(({ kind }) => kind),
      alerts.map(({ state }) => state),
      numberArray(alerts.map(({ speedKmh }) => speedKmh)),
    ],
  });
}
