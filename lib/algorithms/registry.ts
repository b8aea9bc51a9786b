import { AppError } from "#lib/errors";
import type { Algorithm } from "./define.ts";
import type { FingerprintInputs } from "./io.ts";

/**
 * Every algorithm, by slug: its declaration and how its inputs are named. Light enough for the web process; what
 * a worker needs to execute it stands in `io-registry`.
 */
const REGISTRY = {
  "clean-table": {
    declaration: async () => (await import("#lib/datasets/cleaning/algorithm")).cleanTable,
    fingerprint: async () => (await import("#lib/datasets/cleaning/fingerprint")).fingerprintCleaning,
  },
  "range-step-stuck": {
    declaration: async () => (await import("#lib/sensors/checks/range-step-stuck/algorithm")).rangeStepStuck,
    fingerprint: async () => (await import("#lib/sensors/check-fingerprint")).fingerprintCheck,
  },
  "check-network": {
    declaration: async () => (await import("#lib/sensors/checks/network/algorithm")).checkNetwork,
    fingerprint: async () => (await import("#lib/sensors/check-fingerprint")).fingerprintNetworkCheck,
  },
  "detect-faults": {
    declaration: async () => (await import("#lib/sensors/faults/algorithm")).detectFaultsAlgorithm,
    fingerprint: async () => (await import("#lib/sensors/faults/fingerprint")).fingerprintDetection,
  },
  "train-fault-model": {
    declaration: async () => (await import("#lib/sensors/models/algorithm")).trainFaultModelAlgorithm,
    fingerprint: async () => (await import("#lib/sensors/models/fingerprint")).fingerprintTraining,
  },
  "list-sensors": {
    declaration: async () => (await import("#lib/sensors/pipeline/list-sensors/algorithm")).listSensorsAlgorithm,
    fingerprint: async () => (await import("#lib/sensors/pipeline/fingerprints")).fingerprintListing,
  },
  "match-references": {
    declaration: async () =>
      (await import("#lib/sensors/pipeline/match-references/algorithm")).matchReferencesAlgorithm,
    fingerprint: async () => (await import("#lib/sensors/pipeline/fingerprints")).fingerprintMatching,
  },
  "find-addresses": {
    declaration: async () => (await import("#lib/sensors/pipeline/find-addresses/algorithm")).findAddressesAlgorithm,
    fingerprint: async () => (await import("#lib/sensors/pipeline/fingerprints")).fingerprintAddresses,
  },
  "extract-readings": {
    declaration: async () =>
      (await import("#lib/sensors/pipeline/extract-readings/algorithm")).extractReadingsAlgorithm,
    fingerprint: async () => (await import("#lib/sensors/pipeline/fingerprints")).fingerprintExtraction,
  },
  "analyse-network": {
    declaration: async () => (await import("#lib/sensors/pipeline/analyse-network/algorithm")).analyseNetworkAlgorithm,
    fingerprint: async () => (await import("#lib/sensors/pipeline/fingerprints")).fingerprintAnalysis,
  },
  "cost-benefit": {
    declaration: async () => (await import("#lib/charging/cost-benefit/algorithm")).costBenefit,
    fingerprint: async () => (await import("#lib/charging/cost-benefit/fingerprint")).fingerprintCostBenefit,
  },
  "train-session-model": {
    declaration: async () => (await import("#lib/charging/models/algorithm")).trainSessionModelAlgorithm,
    fingerprint: async () => (await import("#lib/charging/models/fingerprint")).fingerprintTraining,
  },
  "forecast-load": {
    declaration: async () => (await import("#lib/charging/forecast/algorithm")).forecastLoadAlgorithm,
    fingerprint: async () => (await import("#lib/charging/forecast/fingerprint")).fingerprintForecast,
  },
  "charging-statistics": {
    declaration: async () => (await import("#lib/charging/statistics/algorithm")).chargingStatisticsAlgorithm,
    fingerprint: async () => (await import("#lib/charging/statistics/fingerprint")).fingerprintStatistics,
  },
  "optimise-charging": {
    declaration: async () => (await import("#lib/charging/control/optimise/algorithm")).optimiseChargingAlgorithm,
    fingerprint: async () => (await import("#lib/charging/control/optimise/fingerprint")).fingerprintOptimise,
  },
  "train-control-model": {
    declaration: async () => (await import("#lib/charging/control/train/algorithm")).trainControlModelAlgorithm,
    fingerprint: async () => (await import("#lib/charging/control/train/fingerprint")).fingerprintControlTraining,
  },
  "apply-control-model": {
    declaration: async () => (await import("#lib/charging/control/apply/algorithm")).applyControlModelAlgorithm,
    fingerprint: async () => (await import("#lib/charging/control/apply/fingerprint")).fingerprintApplication,
  },
  "driving-summary": {
    declaration: async () => (await import("#lib/driving/summary/algorithm")).drivingSummary,
    fingerprint: async () => (await import("#lib/driving/summary/fingerprint")).fingerprintDrivingSummary,
  },
  "run-app": {
    declaration: async () => (await import("#lib/runner/run-app/algorithm")).runAppAlgorithm,
    fingerprint: async () => (await import("#lib/runner/run-app/fingerprint")).fingerprintRunApp,
  },
} as const;

export type AlgorithmSlug = keyof typeof REGISTRY;

export const ALGORITHM_SLUGS = Object.keys(REGISTRY) as AlgorithmSlug[];

export function isAlgorithmSlug(slug: string): slug is AlgorithmSlug {
  return Object.hasOwn(REGISTRY, slug);
}

function entryOf(slug: string): (typeof REGISTRY)[AlgorithmSlug] {
  if (isAlgorithmSlug(slug)) return REGISTRY[slug];
  throw new AppError("not_found", `There is no algorithm "${slug}". Known: ${ALGORITHM_SLUGS.join(", ")}.`);
}

// Each entry's parts agree by construction; the platform handles them without their types.
export async function getAlgorithm(slug: string): Promise<Algorithm> {
  return (await entryOf(slug).declaration()) as unknown as Algorithm;
}

export async function getFingerprint(slug: string): Promise<FingerprintInputs> {
  return (await entryOf(slug).fingerprint()) as unknown as FingerprintInputs;
}
