import { describe, expect, test } from "vitest";
import { distanceM } from "#lib/geo/distance";
import { createRandom } from "#lib/math/random";
import { compileFence, type Vertex } from "./geofence.ts";

const SQUARE: Vertex[] = [
  [10, 50],
  [11, 50],
  [11, 51],
  [10, 51],
];

describe("a polygon", () => {
  test("holds what is inside its border and outside its holes", () => {
    const hole: Vertex[] = [
      [10.4, 50.4],
      [10.6, 50.4],
      [10.6, 50.6],
      [10.4, 50.6],
    ];
    const fence = compileFence({ kind: "polygon", rings: [SQUARE, hole] });
    expect([fence.contains(50.2, 10.2), fence.contains(50.5, 10.5), fence.contains(52, 10.5)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("agrees with the angles that its vertices are seen under, whatever its form", () => {
    const random = createRandom("fences");
    for (let round = 0; round < 40; round += 1) {
      const corners = random.integer(5, 24);
      const star = Array.from({ length: corners }, (_, i): Vertex => {
        const [angle, radius] = [(2 * Math.PI * i) / corners, random.uniform(0.2, 1.2)];
        return [10 + radius * Math.cos(angle), 50 + radius * Math.sin(angle)];
      });
      const fence = compileFence({ kind: "polygon", rings: [star] });
      for (let point = 0; point < 50; point += 1) {
        const [lat, lon] = [48.7 + 2.6 * random.uniform(), 8.7 + 2.6 * random.uniform()];
        expect(fence.contains(lat, lon)).toBe(Math.abs(windingOf(star, lat, lon)) > Math.PI);
      }
    }
  });

  test("shares no point with its neighbour and leaves none between", () => {
    const east: Vertex[] = SQUARE.map(([lon, lat]) => [lon + 1, lat]);
    const fences = [SQUARE, east].map((ring) => compileFence({ kind: "polygon", rings: [ring] }));
    expect(fences.filter((fence) => fence.contains(50.5, 11))).toHaveLength(1);
  });
});

/** The sum of the angles from vertex to vertex: a whole turn around what is inside. */
function windingOf(ring: readonly Vertex[], lat: number, lon: number): number {
  return ring.reduce((sum, [fromLon, fromLat], i) => {
    const [toLon, toLat] = ring[(i + 1) % ring.length]!;
    const turn = Math.atan2(toLat - lat, toLon - lon) - Math.atan2(fromLat - lat, fromLon - lon);
    return sum + Math.atan2(Math.sin(turn), Math.cos(turn));
  }, 0);
}

test.each([
  ["in the middle of a continent", 50, 10],
  ["on the date line", -17, 179.99],
  ["beside the pole", 89.9, 40],
])("a circle %s holds exactly what is within its radius", (_where, lat, lon) => {
  const fence = compileFence({ kind: "circle", lat, lon, radiusM: 5000 });
  const random = createRandom("circle");
  for (let point = 0; point < 400; point += 1) {
    const at = {
      lat: Math.min(90, lat + 0.12 * (random.uniform() - 0.5)),
      lon: lon + (0.12 * (random.uniform() - 0.5)) / Math.cos((lat * Math.PI) / 180),
    };
    const wrapped = at.lon > 180 ? at.lon - 360 : at.lon;
    expect(fence.contains(at.lat, wrapped)).toBe(distanceM({ lat, lon }, at) <= 5000);
  }
});
