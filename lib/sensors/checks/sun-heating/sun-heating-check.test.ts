import { expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { lightShare } from "../../detector/network/usual-scale.ts";
import { findSunHeating } from "./sun-heating-check.ts";

const HOURS = 24 * 24;
const lux = (() => {
  const random = createRandom("light");
  return Float64Array.from({ length: HOURS }, (_, hour) => {
    const sun = Math.sin((((hour % 24) - 7) / 11) * Math.PI);
    return hour % 24 > 7 && hour % 24 < 18 ? 25_000 * sun * random.uniform(0.2, 1) : 0;
  });
})();

function found(extra: (hour: number) => number, light = lux) {
  const noise = createRandom("heating noise");
  const residual = Float64Array.from({ length: HOURS }, (_, hour) => noise.normal(0, 0.4) + extra(hour));
  return findSunHeating(residual, light, 0.5).filter(({ score }) => score > 1);
}

it("finds days on which the residual follows the sensor's own light, and by how much it heats up", () => {
  const spans = found((hour) => (hour >= 240 && hour < 400 ? 8 * lightShare(lux[hour]!) : 0));
  expect(spans).toMatchObject([{ kind: "sun_heating" }]);
  expect(Math.abs(spans[0]!.start - 240)).toBeLessThanOrEqual(24);
  expect(Math.abs(spans[0]!.end - 400)).toBeLessThanOrEqual(24);
  expect(Math.abs(spans[0]!.size - 8)).toBeLessThanOrEqual(1.5);
});

it("takes neither a healthy residual, a constant bias nor cooling for heating", () => {
  expect(found(() => 0)).toEqual([]);
  expect(found((hour) => (hour >= 240 && hour < 400 ? 5 : 0))).toEqual([]);
  expect(found((hour) => (hour >= 240 && hour < 400 ? -8 * lightShare(lux[hour]!) : 0))).toEqual([]);
});

it("says nothing without light", () => {
  expect(found((hour) => (hour >= 240 ? 8 : 0), new Float64Array(HOURS))).toEqual([]);
});
