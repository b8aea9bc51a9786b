import { AppError } from "#lib/errors";
import type { AlgorithmIo } from "./io.ts";
import { type AlgorithmSlug, isAlgorithmSlug } from "./registry.ts";

/** What only a run's own process loads: database engines, solvers, large readers. */
const REGISTRY = {
  "clean-table": async () => (await import("#lib/datasets/cleaning/io")).cleanTableIo,
  "range-step-stuck": async () => (await import("#lib/sensors/check-io")).checkIo,
  "check-network": async () => (await import("#lib/sensors/network-check-io")).networkCheckIo,
  "detect-faults": async () => (await import("#lib/sensors/faults/io")).detectFaultsIo,
  "train-fault-model": async () => (await import("#lib/sensors/models/io")).trainFaultModelIo,
  "list-sensors": async () => (await import("#lib/sensors/pipeline/list-sensors/io")).listSensorsIo,
  "match-references": async () => (await import("#lib/sensors/pipeline/match-references/io")).matchReferencesIo,
  "find-addresses": async () => (await import("#lib/sensors/pipeline/find-addresses/io")).findAddressesIo,
  "extract-readings": async () => (await import("#lib/sensors/pipeline/extract-readings/io")).extractReadingsIo,
  "analyse-network": async () => (await import("#lib/sensors/pipeline/analyse-network/io")).analyseNetworkIo,
  "cost-benefit": async () => (await import("#lib/charging/cost-benefit/io")).costBenefitIo,
  "train-session-model": async () => (await import("#lib/charging/models/io")).trainSessionModelIo,
  "forecast-load": async () => (await import("#lib/charging/forecast/io")).forecastLoadIo,
  "charging-statistics": async () => (await import("#lib/charging/statistics/io")).chargingStatisticsIo,
  "optimise-charging": async () => (await import("#lib/charging/control/optimise/io")).optimiseChargingIo,
  "train-control-model": async () => (await import("#lib/charging/control/train/io")).trainControlModelIo,
  "apply-control-model": async () => (await import("#lib/charging/control/apply/io")).applyControlModelIo,
  "driving-summary": async () => (await import("#lib/driving/summary/io")).drivingSummaryIo,
  "run-app": async () => (await import("#lib/runner/run-app/io")).runAppIo,
} as const satisfies Record<AlgorithmSlug, unknown>;

export async function getAlgorithmIo(slug: string): Promise<AlgorithmIo> {
  if (!isAlgorithmSlug(slug)) throw new AppError("not_found", `There is no algorithm "${slug}".`);
  return (await REGISTRY[slug]()) as unknown as AlgorithmIo;
}
