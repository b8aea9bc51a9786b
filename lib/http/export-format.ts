/** What a list can be downloaded as. */
export const EXPORT_FORMATS = ["csv", "geojson", "parquet"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
