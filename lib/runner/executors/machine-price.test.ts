import { afterEach, beforeEach, expect, it, vi } from "vitest";

const spot = { isSpot: true, units: 1 };
const full = { isSpot: false, units: 1 };

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllEnvs());

async function pricesWith(settings: { full?: string; spot?: string }) {
  vi.stubEnv("FIELDPORT_RUNNER_USD_PER_HOUR", settings.full ?? "");
  vi.stubEnv("FIELDPORT_RUNNER_SPOT_USD_PER_HOUR", settings.spot ?? "");
  return (await import("./machine-price.ts")).usdPerHourOf;
}

it("takes the price of the kind of machine that was had", async () => {
  const priceOf = await pricesWith({ full: "0.10", spot: "0.03" });
  expect(priceOf("ec2", full)).toBe(0.1);
  expect(priceOf("ec2", spot)).toBe(0.03);
});

it("counts a spot hour as a full one where only that is known: never less than was paid", async () => {
  expect((await pricesWith({ full: "0.10" }))("ec2", spot)).toBe(0.1);
});

it("multiplies by what the machine is made of", async () => {
  expect((await pricesWith({ full: "0.05" }))("batch", { isSpot: false, units: 4 })).toBeCloseTo(0.2);
});

it("is unknown in a cloud and nothing on one's own machine until somebody says", async () => {
  const priceOf = await pricesWith({});
  expect(priceOf("ec2", full)).toBeNull();
  expect(priceOf("batch", full)).toBeNull();
  expect(priceOf("sandbox", full)).toBe(0);
});

it("is what was said for sandboxes, too", async () => {
  expect((await pricesWith({ full: "0.02" }))("sandbox", full)).toBe(0.02);
});
