import { CHARGER_CLASSES, type ChargerClass } from "./charging-case.ts";
import { SHAPES, shapesOf } from "./loads.ts";
import { classShapes, type CaseModel } from "./model-case.ts";
import type { PreparedHours } from "./prepare-hours.ts";

const TABLE_NAMES: Record<ChargerClass, string> = {
  residential: "AllResidential",
  workplace: "AllWorkplace",
  publicL2: "AllPublicL2",
  dcfc: "AllDCFC",
};

/** Average weekday, average weekend day and peak day of a class, MW. */
export interface LoadTable {
  name: string;
  firstYear: number;
  rows: { type: (typeof SHAPES)[number]; hour: number; valuesMw: number[] }[];
}

export function loadTables({ loads, conventions, years }: CaseModel, hours: PreparedHours): LoadTable[] {
  const byClass = classShapes(loads, hours, conventions);
  const all = shapesOf(loads, hours, conventions);
  const named = [
    ...CHARGER_CLASSES.map((name) => [TABLE_NAMES[name], byClass[name]] as const),
    ["aggregate", all] as const,
  ];
  return named.map(([name, shapes]) => ({
    name,
    firstYear: years[0]!,
    rows: SHAPES.flatMap((type, k) =>
      Array.from({ length: 24 }, (_, hour) => ({ type, hour, valuesMw: shapes.map((day) => day[k * 24 + hour]!) })),
    ),
  }));
}
