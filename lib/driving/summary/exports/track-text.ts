import type { Row } from "../engine.ts";

/** A format of tracks, as the texts around and between the points. */
export interface TrackFormat {
  extension: "geojson" | "gpx";
  mediaType: string;
  head: string;
  /** Opens a trip; `isFirst` for the first of the file. */
  open: (trip: Row, isFirst: boolean) => string;
  point: (point: Row, isFirst: boolean) => string;
  close: () => string;
  foot: string;
}

const instantOf = (row: Row, name: string) => new Date(Number(row[name])).toISOString();

/** One LineString per trip (RFC 7946); the times of its points stand beside it, as most tools expect them. */
export function geoJson(): TrackFormat {
  let trip: Row = {};
  let times: string[] = [];
  return {
    extension: "geojson",
    mediaType: "application/geo+json",
    head: '{"type":"FeatureCollection","features":[',
    open: (row, isFirst) => {
      trip = row;
      times = [];
      return `${isFirst ? "\n" : ",\n"}{"type":"Feature","geometry":{"type":"LineString","coordinates":[`;
    },
    point: (point, isFirst) => {
      times.push(instantOf(point, "recorded_at_ms"));
      return `${isFirst ? "" : ","}[${point["longitude"]},${point["latitude"]}]`;
    },
    close: () => {
      const properties = {
        driverId: trip["driver_id"],
        plateNumber: trip["plate_number"],
        tripNo: trip["trip_no"],
        distanceKm: trip["distance_km"],
        durationS: trip["duration_s"],
        overspeedCount: trip["overspeed_count"],
        coordinateProperties: { times },
      };
      return `]},"properties":${JSON.stringify(properties)}}`;
    },
    foot: "\n]}\n",
  };
}

/** One track per trip (GPX 1.1); times are UTC. */
export const GPX: TrackFormat = {
  extension: "gpx",
  mediaType: "application/gpx+xml",
  head:
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<gpx version="1.1" creator="Fieldport" xmlns="http://www.topografix.com/GPX/1/1">\n',
  open: (trip) => `<trk><name>${xml(`${trip["driver_id"]}, trip ${trip["trip_no"]}`)}</name><trkseg>\n`,
  point: (point) => {
    const position = `lat="${point["latitude"]}" lon="${point["longitude"]}"`;
    return `<trkpt ${position}><time>${instantOf(point, "recorded_at_ms")}</time></trkpt>\n`;
  },
  close: () => "</trkseg></trk>\n",
  foot: "</gpx>\n",
};

/** Ids come from devices: what XML 1.0 cannot hold at all is left out. */
function xml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Rows of trips, in the order of driver, trip and point, as the text of one format, piece by piece. */
export async function* trackTexts(format: TrackFormat, pieces: AsyncIterable<Row[]>): AsyncGenerator<string> {
  yield format.head;
  let open: string | null = null;
  for await (const rows of pieces) {
    let text = "";
    for (const row of rows) {
      const trip = `${row["driver_id"]} ${row["trip_no"]}`;
      const isNew = trip !== open;
      if (isNew) {
        text += (open === null ? "" : format.close()) + format.open(row, open === null);
        open = trip;
      }
      text += format.point(row, isNew);
    }
    yield text;
  }
  yield (open === null ? "" : format.close()) + format.foot;
}
