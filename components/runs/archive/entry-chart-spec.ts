import type { SeriesChartSpec } from "#lib/charts/spec";
import type { EntryChart } from "#lib/datasets/archive/schema";
import type { TablePreview } from "./entry-table.tsx";

/** No column can be called so: names of columns are trimmed. */
export const ROW_AXIS = " row ";

const KINDS: Readonly<Record<"time" | "number", string>> = { time: "time", number: "number" };

/** What can be drawn over what, times and numbers first chosen as one would. */
export function axisChoices({ columns, kinds }: Pick<TablePreview, "columns" | "kinds">) {
  const named = columns.map((name, index) => ({ name, kind: kinds[index] ?? "text" }));
  const numbers = named.filter(({ kind }) => kind === "number").map(({ name }) => name);
  const time = named.find(({ kind }) => kind === "time")?.name;
  const xs = [
    ...named.flatMap(({ name, kind }) => (kind === "text" ? [] : [{ key: name, label: `${name} (${KINDS[kind]})` }])),
    { key: ROW_AXIS, label: "row by row" },
  ];
  const x = time ?? (numbers.length > 1 ? numbers[0] : undefined) ?? ROW_AXIS;
  const y = numbers.find((name) => name !== x) ?? numbers[0] ?? "";
  return { x, y, xs, ys: numbers.map((name) => ({ key: name, label: name })) };
}

/** Values over time as the portal draws them everywhere. */
export function seriesSpecOf({ points, hasOffset, rowCount, pairs }: EntryChart, label: string): SeriesChartSpec {
  return {
    title: label,
    unit: "",
    timeZone: "UTC",
    ...(hasOffset ? {} : { zoneName: "as written" }),
    xRange: null,
    series: [{ id: "value", label, kind: "observed", unit: "", points: { t: points.x, v: points.y } }],
    flags: [],
    limits: [],
    drawn: { points: rowCount, pairs },
  };
}
