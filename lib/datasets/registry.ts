import { AppError } from "#lib/errors";
import type { BundleKind } from "./core/bundle-kind.ts";
import type { DatasetKind } from "./core/dataset-kind.ts";
import type { OpenSink } from "./define.ts";

/** Every kind of dataset: how its files are cleaned and where kept rows go. */
const REGISTRY = {
  "sensor-registry": {
    declaration: async () => (await import("#lib/sensors/cleaning/kinds")).sensorRegistryKind,
    openSink: async () => (await import("#lib/sensors/load/registry-sink")).openRegistrySink,
  },
  "sensor-readings": {
    declaration: async () => (await import("#lib/sensors/cleaning/kinds")).sensorReadingsKind,
    openSink: async () => (await import("#lib/sensors/load/readings-sink")).openReadingsSink,
  },
  "charging-sessions": {
    declaration: async () => (await import("#lib/charging/cleaning/kinds")).chargingSessionsKind,
    openSink: async () => (await import("./table-sink.ts")).openTableSink,
  },
  "charging-fleet-sessions": {
    declaration: async () => (await import("#lib/charging/cleaning/kinds")).chargingFleetSessionsKind,
    openSink: async () => (await import("./table-sink.ts")).openTableSink,
  },
  "charging-intervals": {
    declaration: async () => (await import("#lib/charging/cleaning/kinds")).chargingIntervalsKind,
    openSink: async () => (await import("./table-sink.ts")).openTableSink,
  },
  "driving-records": {
    declaration: async () => (await import("#lib/driving/cleaning/kinds")).drivingRecordsKind,
    openSink: async () => (await import("./table-sink.ts")).openTableSink,
  },
} as const satisfies Record<string, { declaration: () => Promise<DatasetKind>; openSink: () => Promise<OpenSink> }>;

export const DATASET_KINDS = Object.keys(REGISTRY);

export function isDatasetKind(kind: string): kind is keyof typeof REGISTRY {
  return Object.hasOwn(REGISTRY, kind);
}

function entryOf(kind: string): (typeof REGISTRY)[keyof typeof REGISTRY] {
  if (isDatasetKind(kind)) return REGISTRY[kind];
  throw new AppError("invalid_input", `There is no dataset kind "${kind}". Known: ${DATASET_KINDS.join(", ")}.`);
}

export async function getDatasetKind(kind: string): Promise<DatasetKind> {
  return entryOf(kind).declaration();
}

export async function listDatasetKinds(): Promise<DatasetKind[]> {
  return Promise.all(DATASET_KINDS.map(getDatasetKind));
}

export async function getSinkOpener(kind: string): Promise<OpenSink> {
  return entryOf(kind).openSink();
}

/** Every kind of zip that is kept whole, and the algorithm that reads it. */
const BUNDLES = {
  "charging-case": {
    algorithm: "cost-benefit",
    declaration: async () => (await import("#lib/charging/cost-benefit/case-files/bundle")).chargingCaseKind,
  },
} as const satisfies Record<string, { algorithm: string; declaration: () => Promise<BundleKind> }>;

export const BUNDLE_KINDS = Object.keys(BUNDLES);

export function isBundleKind(kind: string): kind is keyof typeof BUNDLES {
  return Object.hasOwn(BUNDLES, kind);
}

export async function listBundleKinds(): Promise<BundleKind[]> {
  return Promise.all(Object.values(BUNDLES).map(({ declaration }) => declaration()));
}

/** The algorithm whose runs take a file of this kind as it is; null for kinds that are cleaned. */
export function algorithmOfBundle(kind: string): string | null {
  return isBundleKind(kind) ? BUNDLES[kind].algorithm : null;
}
