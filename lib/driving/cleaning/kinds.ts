import { createRecordsCleaner } from "./create-records-cleaner.ts";
import { checkRecordsMapping, proposeRecordsMapping, recordsLikeness } from "./propose-records-mapping.ts";
import { RECORD_COLUMNS } from "./record-columns.ts";
import { LAYOUT } from "./record-layout.ts";
import type { DatasetKind } from "#lib/datasets/core/dataset-kind";

const FILE_TYPES = [".csv", ".txt", ".dat", ".csv.gz", ".txt.gz", ".gz", ".zip"] as const;

export const drivingRecordsKind: DatasetKind = {
  kind: "driving-records",
  label: "Driving records",
  description: "Positions, speeds and events that vehicles reported, one line each, with or without a header.",
  columns: [
    ...LAYOUT.map(({ role, label, description, isRequired }) => ({
      role,
      label,
      description,
      required: isRequired === true,
      multiple: false,
    })),
    { role: "ignore", label: "Leave out", description: "Not stored.", required: false, multiple: true },
  ],
  acceptedTypes: FILE_TYPES,
  parquetColumns: RECORD_COLUMNS,
  likeness: recordsLikeness,
  proposeMapping: proposeRecordsMapping,
  checkMapping: checkRecordsMapping,
  createCleaner: createRecordsCleaner,
};
