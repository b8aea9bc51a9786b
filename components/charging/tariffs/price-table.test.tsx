import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { energyByQuarter } from "#lib/charging/tariffs/core/price-tables";
import { findPublishedTariff } from "#lib/charging/tariffs/published/published-tariffs";
import { priceScale } from "./price-classes.ts";
import { PriceTable } from "./price-table.tsx";

const draw = (quarters: Float64Array) =>
  renderToStaticMarkup(<PriceTable title="Price of energy" unit="$/kWh" quarters={quarters} emptyWord="no price" />);
const count = (html: string, part: string) => html.split(part).length - 1;

it("draws every month and hour of both kinds of day, each with its words, and one tab stop a grid", () => {
  const html = draw(energyByQuarter(findPublishedTariff("pge-e-19-tou")!.energyPeriods));
  expect(count(html, 'role="gridcell"')).toBe(2 * 12 * 24);
  expect(count(html, 'tabindex="0"')).toBe(2);
  expect(html).toContain('aria-label="July, 12:00: 0.17028 $/kWh"');
  for (const price of ["0.09099", "0.09883", "0.11605", "0.12258", "0.17028"])
    expect(html).toContain(`</span>${price}</span>`);
});

it("shows both prices of an hour that has two, and hours that have none", () => {
  const [offPeak, ...others] = findPublishedTariff("PGEe19")!.energyPeriods;
  const whole = draw(energyByQuarter([offPeak!, ...others]));
  expect(whole).toContain("January, 08:00: 0.09082 until 08:30, then 0.12236, on average 0.10659 $/kWh");
  expect(count(whole, "linear-gradient")).toBe(2 * 12 * 2);
  const gaps = draw(energyByQuarter(others));
  expect(gaps).toContain('aria-label="January, 03:00: no price"');
  expect(gaps).toContain("January, 08:00: no price until 08:30, then 0.12236 $/kWh");
});

it("gives few prices a colour each, and many seven classes", () => {
  const few = priceScale([0.1, 0.3, 0.1, NaN]);
  expect(few.classes.map(({ label }) => label)).toEqual(["0.1", "0.3"]);
  expect([0.1, 0.3, NaN].map(few.classOf)).toEqual([0, 1, -1]);
  const many = priceScale(Array.from({ length: 24 }, (_, hour) => 0.1 + hour / 100));
  expect(many.classes).toHaveLength(7);
  expect([many.classOf(0.1), many.classOf(0.33), many.classOf(NaN)]).toEqual([0, 6, -1]);
});
