import { AppError } from "#lib/errors";
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
  "driving-records": {
    declaration: async () => (await import("#lib/driving/cleaning/kinds")).drivingRecordsKind,
    openSink: async () => (await import("#lib/driving/cleaning/records-sink")).openRecordsSink,
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
