import { COST_TESTS } from "../../cost-benefit/core/cost-tests.ts";
import { costBenefitResult } from "../../cost-benefit/schema.ts";

export interface Figure {
  group: string;
  name: string;
  unit: string;
  value: number;
}

export interface YearSeries {
  name: string;
  unit: string;
  firstYear: number;
  values: readonly number[];
}

export interface Stated {
  name: string;
  unit: string;
  value: string;
}

/** What a result says in figures that can stand beside those of another. */
export interface Reading {
  figures: Figure[];
  series: YearSeries[];
  assumptions: Stated[];
}

/** Reads a stored result of a charging algorithm; null for one whose figures are not compared. */
export function readFigures(algorithm: string, result: unknown): Reading | null {
  if (algorithm !== "cost-benefit") return null;
  const read = costBenefitResult.safeParse(result);
  return read.success ? readCostBenefit(read.data) : null;
}

function readCostBenefit({
  caseName,
  control,
  tests,
  npvResults,
  summary,
  assumptions,
  conventions,
}: ReturnType<typeof costBenefitResult.parse>): Reading {
  const ofTests = tests.flatMap(({ key, netUsd, benefitsUsd, costsUsd }): Figure[] => {
    const group = `${COST_TESTS[key].label} test`;
    return [
      { group, name: "Net present value", unit: "$", value: netUsd },
      { group, name: "Benefits", unit: "$", value: benefitsUsd },
      { group, name: "Costs", unit: "$", value: costsUsd },
    ];
  });
  return {
    figures: [...ofTests, ...npvResults.map((row) => ({ group: "Present values", ...row }))],
    series: summary,
    assumptions: [
      { name: "Case", unit: "", value: caseName },
      { name: "Control", unit: "", value: control },
      ...assumptions.map(({ label, unit, value }) => ({ name: label, unit, value: String(value) })),
      ...Object.entries(conventions).map(([name, value]) => ({ name: `Convention ${name}`, unit: "", value })),
    ],
  };
}
