import { bboxOf } from "#lib/geo/bbox";
import type { SeriesChartSpec } from "#lib/charts/spec";
import { speedChart } from "#lib/driving/board/core/speed-chart";
import { wallMsOf } from "#lib/driving/board/core/wall-clock";
import type { DrivenEpisode } from "#lib/driving/drivers/schema";
import type { StoredRecordRow } from "#lib/driving/history/schema";
import { formatNumber } from "#lib/format/numbers";
import type { MapItem, MapTrack, MapView } from "#lib/maps/spec";
import { KIND_WORDS } from "./episode-words.tsx";

export interface EpisodeDrawing {
  chart: SeriesChartSpec;
  items: MapItem[];
  tracks: MapTrack[];
  initialView: MapView;
}

const placeOf = ({ latitude: lat, longitude: lon }: StoredRecordRow) => ({ lat, lon });

/** The way before, during and after an episode, and the speed on it. */
export function drawEpisode(episode: DrivenEpisode, records: readonly StoredRecordRow[]): EpisodeDrawing {
  const { driver, kind, startAt, endAt, latitude: lat, longitude: lon, gapS } = episode;
  const startMs = wallMsOf(startAt);
  const endMs = endAt === null ? Infinity : wallMsOf(endAt);
  const inside = records.filter(({ at }) => wallMsOf(at) >= startMs && wallMsOf(at) <= endMs);
  const state = kind === "neutral-slide" ? "suspect" : "fault";
  const last = inside.at(-1);
  const points = records.map((record) => ({ ...record, atMs: wallMsOf(record.at) }));
  const places = records.length > 0 ? records.map(placeOf) : [{ lat, lon }];
  const bbox = bboxOf(places);
  const vehicle = last ?? { latitude: lat, longitude: lon, speedKmh: episode.peakSpeedKmh, directionDeg: null };
  return {
    chart: speedChart({ title: "Speed during the episode", points, range: null, gapS }),
    items: [
      {
        ...{ kind: "point", id: driver, lat: vehicle.latitude, lon: vehicle.longitude, state, label: driver },
        ...{ stateWord: KIND_WORDS[kind], detail: `${formatNumber(vehicle.speedKmh, { decimals: 0 })} km/h` },
        ...(vehicle.directionDeg === null ? {} : { headingDeg: vehicle.directionDeg }),
      },
    ],
    tracks: [
      { id: "way", state: "good", positions: records.map(placeOf) },
      { id: "episode", state, positions: inside.map(placeOf) },
    ],
    initialView: bbox ? { bbox } : { lat, lon, zoom: 12 },
  };
}
