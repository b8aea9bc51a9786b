import { COST_TESTS } from "../../../cost-benefit/core/cost-tests.ts";
import type { CostBenefitResult } from "../../../cost-benefit/schema.ts";
import type { Figure, Reading } from "./reading.ts";

export function readCostBenefit(result: CostBenefitResult): Reading {
  const { caseName, control, tests, npvResults, summary, assumptions, conventions } = result;
  return {
    figures: [
      ...tests.flatMap(figuresOfTest),
      ...npvResults.map((row): Figure => ({ group: "Present values", ...row })),
    ],
    series: summary.map(({ firstYear, ...row }) => ({ ...row, axis: "year", first: firstYear })),
    assumptions: [
      { name: "Case", unit: "", value: caseName },
      { name: "Control", unit: "", value: control },
      ...assumptions.map(({ label, unit, value }) => ({ name: label, unit, value: String(value) })),
      ...Object.entries(conventions).map(([name, value]) => ({ name: `Convention ${name}`, unit: "", value })),
    ],
  };
}

function figuresOfTest({ key, netUsd, benefitsUsd, costsUsd }: CostBenefitResult["tests"][number]): Figure[] {
  const group = `${COST_TESTS[key].label} test`;
  return [
    { group, name: "Net present value", unit: "$", value: netUsd },
    { group, name: "Benefits", unit: "$", value: benefitsUsd },
    { group, name: "Costs", unit: "$", value: costsUsd },
  ];
}
