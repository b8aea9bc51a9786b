import { defineAlgorithm } from "#lib/algorithms/define";
import { runCostBenefit } from "./run.ts";
import { costBenefitInputs, costBenefitParams, costBenefitResult } from "./schema.ts";
import { viewCostBenefit } from "./view.ts";

/**
 * Purpose: what electric vehicles of a region cost and bring, to drivers, to other customers of the utility, to both
 * together and to society.
 * Method: stock of vehicles and chargers, gasoline saved, bills by tariff, hourly marginal costs and emissions, present
 * values and benefit-cost ratios; hours are reduced once, assumptions act on the sums.
 * Source: the cost-benefit tool of SCRIPT (SLAC, 2020) with its known defects as conventions; tests by the California
 * Standard Practice Manual.
 * Cost: half a second for 8,760 hours × 20 years × 7 profiles, and about half a second of sensitivity.
 * Not for: bills of single customers, since a class is billed as equal meters without diversity.
 */
export const costBenefit = defineAlgorithm({
  slug: "cost-benefit",
  version: 1,
  title: "Cost-benefit of charging",
  summary: "Bills, supply, chargers, gasoline and emissions of a case, four cost tests and what moves them.",
  params: costBenefitParams,
  inputs: costBenefitInputs,
  result: costBenefitResult,
  timeoutS: 300,
  memoryMb: 512,
  run: runCostBenefit,
  view: viewCostBenefit,
});
