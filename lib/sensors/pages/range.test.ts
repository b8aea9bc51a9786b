import { expect, it } from "vitest";
import { chosenRange, seriesQueryOf } from "./range.ts";

const LAST = "2026-11-20T06:00:00.000Z";
const FIRST = "2026-11-01T00:00:00.000Z";
const of = (text: string) => chosenRange(new URLSearchParams(text), { firstObservedAt: FIRST, lastObservedAt: LAST });

it("counts back from the newest reading", () => {
  expect(of("range=24h")).toEqual({ id: "24h", from: "2026-11-19T06:00:00.000Z", to: LAST });
  expect(of("")).toEqual({ id: "14d", from: "2026-11-06T06:00:00.000Z", to: LAST });
  expect(of("range=nonsense").id).toBe("14d");
});

it("does not begin before the first reading", () => {
  expect(of("range=90d")).toEqual({ id: "90d", from: FIRST, to: LAST });
});

it("asks for everything with all and for a sensor without readings", () => {
  expect(of("range=all")).toEqual({ id: "all", from: null, to: null });
  expect(chosenRange(new URLSearchParams("range=7d"), { firstObservedAt: null, lastObservedAt: null })).toEqual({
    id: "7d",
    from: null,
    to: null,
  });
});

it("lets a zoomed range win over the buttons, unless it is none", () => {
  const from = "2026-11-01T00:00:00.000Z";
  const to = "2026-11-02T00:00:00.000Z";
  expect(of(`range=7d&from=${from}&to=${to}`)).toEqual({ id: null, from, to });
  expect(of(`range=7d&from=${to}&to=${from}`).id).toBe("7d");
  expect(of("range=7d&from=x&to=y").id).toBe("7d");
});

it("names the range in the query only when there is one", () => {
  expect(seriesQueryOf("pm2_5", { id: "all", from: null, to: null })).toBe("property=pm2_5&widthPx=1000");
});
