import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Bars } from "./bars.tsx";
import { MemoryChart } from "./memory-chart.tsx";
import { ShareBar } from "./share-bar.tsx";
import { Timeline } from "./timeline.tsx";
import { ViewRenderer } from "./view-renderer.tsx";

const text = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

describe("ViewRenderer", () => {
  it("gives every figure a table switch, a CSV and the source line", () => {
    const markup = renderToStaticMarkup(
      <ViewRenderer
        source={<span>drift v4</span>}
        views={[
          { kind: "bars", bars: { title: "Causes", unit: "faults", bars: [{ label: "drift", value: 3 }] } },
          { kind: "histogram", histogram: { title: "Values", unit: "°C", edges: [0, 1, 2], counts: [4, 5] } },
          {
            kind: "heatmap",
            heatmap: { title: "Hours", unit: "°C", columns: ["00"], rows: [{ label: "Mon", values: [null] }] },
          },
        ]}
      />,
    );
    expect(markup.match(/View as table/g)).toHaveLength(3);
    expect(markup.match(/CSV/g)).toHaveLength(3);
    expect(markup.match(/drift v4/g)).toHaveLength(3);
  });

  it("draws empty figures without numbers that are none", () => {
    const markup = renderToStaticMarkup(
      <ViewRenderer
        views={[
          { kind: "bars", bars: { title: "Causes", unit: "faults", bars: [] } },
          { kind: "histogram", histogram: { title: "Values", unit: "°C", edges: [], counts: [] } },
          { kind: "heatmap", heatmap: { title: "Hours", unit: "°C", columns: [], rows: [] } },
          { kind: "table", table: { title: "Flags", columns: [{ key: "a", label: "A" }], rows: [] } },
          { kind: "metrics", metrics: { items: [{ label: "Slope", value: null, unit: "K" }] } },
        ]}
      />,
    );
    expect(markup).not.toMatch(/NaN|Infinity|undefined/);
    expect(text(markup)).toContain("No rows.");
    expect(text(markup)).toContain("Slope –");
  });
});

describe("tornado", () => {
  const row = (label: string, low: number, high: number) => ({
    label,
    low: { input: "8", value: low },
    high: { input: "12", value: high },
  });
  const draw = (base: number, rows: ReturnType<typeof row>[]) =>
    renderToStaticMarkup(
      <ViewRenderer views={[{ kind: "tornado", tornado: { title: "Moves", unit: "M$", base, rows } }]} />,
    );

  it("says for every input what both changes make, and has a table", () => {
    const markup = draw(10, [row("Lifetime", 4, 16), row("Price", 11, 9)]);
    expect(markup).toContain("Lifetime 8: 4 M$");
    expect(markup).toContain("Price 12: 9 M$");
    expect(markup).toContain("View as table");
  });

  it("is drawn without numbers that are none when nothing moves or there is nothing", () => {
    expect(draw(0, [row("Lifetime", 0, 0)])).not.toMatch(/NaN|Infinity|undefined/);
    expect(draw(5, [])).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe("regions", () => {
  const metric = { key: "energy", label: "Energy", unit: "kWh", decimals: 0 };
  const base = { title: "By county", metrics: [metric], periodLabel: "Month" };
  const region = { id: "06085", name: "Santa Clara", state: "California", values: { energy: [1200] } };
  const lost = {
    name: "Santa Carla",
    state: "California",
    reason: "California has no such county.",
    values: { energy: 5 },
  };
  const draw = (regions: (typeof region)[]) =>
    text(
      renderToStaticMarkup(
        <ViewRenderer
          views={[
            {
              kind: "regions",
              regions: { ...base, periods: [{ key: "all", label: "All months" }], regions, unplaced: [lost] },
            },
          ]}
        />,
      ),
    );

  it("have a legend with unit and counts, a table, and name what is not on the map", () => {
    const markup = draw([region]);
    expect(markup).toContain("Energy , kWh, All months");
    expect(markup).toContain("1,200");
    expect(markup).toContain("no data");
    expect(markup).toContain("1 name not on the map Santa Carla, California 5 kWh California has no such county.");
    expect(markup).toContain("View as table");
  });

  it("are a list when none of the names is on the map", () => {
    expect(draw([])).toContain("No name stands for a county");
  });
});

describe("small charts", () => {
  it("hatch bars without data and say from when to when", () => {
    const bars = [1, null, null, 4].map((value, i) => ({ label: `0${i}:00`, value }));
    const markup = renderToStaticMarkup(
      <Bars name="Arrivals" bars={bars} gapWords={(first, last) => `no data ${first} to ${last}`} />,
    );
    expect(text(markup)).toContain("no data 01:00 to 02:00");
  });

  it("write every share as shape, count and word", () => {
    const markup = renderToStaticMarkup(
      <ShareBar
        parts={[
          { tone: "good", count: 371 },
          { tone: "fault", count: 0 },
        ]}
      />,
    );
    expect(text(markup)).toBe("371 good 0 fault");
    expect(renderToStaticMarkup(<ShareBar parts={[]} />)).not.toMatch(/NaN/);
  });

  it("name state and duration of each step, and what is expected of those to come", () => {
    const markup = renderToStaticMarkup(
      <Timeline
        nowS={40}
        steps={[
          { label: "Read", state: "succeeded", startS: 0, endS: 10, expectedS: 8 },
          { label: "Score", state: "running", startS: 10, endS: null, expectedS: 60 },
          { label: "Notify", state: "queued", startS: null, endS: null, expectedS: 1 },
        ]}
      />,
    );
    expect(text(markup)).toBe("Read , succeeded 10 s Score , running 30 s Notify , queued about 1 s");
  });

  it("survive having measured nothing yet", () => {
    const markup = renderToStaticMarkup(<MemoryChart label="memory" unit="GB" limit={4} values={[]} />);
    expect(markup).not.toMatch(/NaN|Infinity/);
    expect(text(markup)).toContain("memory – GB");
  });
});
