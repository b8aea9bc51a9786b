import { expect, it } from "vitest";
import { geoJson, GPX, type TrackFormat, trackTexts } from "./track-text.ts";

const AT_MS = Date.UTC(2024, 2, 1);
const point = (driverId: string, tripNo: number, second: number) => ({
  ...{
    driver_id: driverId,
    plate_number: "P-1",
    trip_no: tripNo,
    distance_km: 1.5,
    duration_s: 10,
    overspeed_count: 0,
  },
  ...{ latitude: 50 + second / 100, longitude: 10, recorded_at_ms: AT_MS + second * 1000 },
});

async function textOf(format: TrackFormat, pieces: ReturnType<typeof point>[][]): Promise<string> {
  async function* source() {
    for (const rows of pieces) yield await Promise.resolve(rows);
  }
  let text = "";
  for await (const piece of trackTexts(format, source())) text += piece;
  return text;
}

const PIECES = [[point("<a&b>", 1, 0)], [point("<a&b>", 1, 10), point("<a&b>", 2, 100), point("<a&b>", 2, 110)]];

it("writes one feature per trip, however the rows arrive", async () => {
  const parsed = JSON.parse(await textOf(geoJson(), PIECES)) as { features: unknown[] };
  expect(parsed.features).toHaveLength(2);
  expect(parsed.features[0]).toEqual({
    type: "Feature",
    properties: {
      ...{ driverId: "<a&b>", plateNumber: "P-1", tripNo: 1, distanceKm: 1.5, durationS: 10, overspeedCount: 0 },
      coordinateProperties: { times: ["2024-03-01T00:00:00.000Z", "2024-03-01T00:00:10.000Z"] },
    },
    geometry: {
      type: "LineString",
      coordinates: [
        [10, 50],
        [10, 50.1],
      ],
    },
  });
});

it("writes one track per trip with times in UTC and names that XML can hold", async () => {
  const text = await textOf(GPX, PIECES);
  expect(text.match(/<trk>/g)).toHaveLength(2);
  expect(text).toContain("<name>&lt;a&amp;b&gt;, trip 1</name>");
  expect(text).toContain('<trkpt lat="50.1" lon="10"><time>2024-03-01T00:00:10.000Z</time></trkpt>');
  expect(text.endsWith("</trkseg></trk>\n</gpx>\n")).toBe(true);
});

it("writes a whole file for no trips", async () => {
  expect(JSON.parse(await textOf(geoJson(), []))).toEqual({ type: "FeatureCollection", features: [] });
  expect(await textOf(GPX, [])).toMatch(/<gpx [^>]*>\n<\/gpx>\n$/);
});
