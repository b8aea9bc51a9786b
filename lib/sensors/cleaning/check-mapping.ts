import { AppError } from "#lib/errors";
import { compileTimePattern } from "#lib/datasets/core/time-pattern";
import { columnsOfRole } from "#lib/datasets/core/mapping";
import type { FieldError } from "#lib/errors";
import type { ColumnMapping } from "#lib/datasets/core/mapping";

/** Throws one `invalid_input` that names everything the mapping lacks for a file with these columns. */
export function checkReadingsMapping(mapping: ColumnMapping, columns: readonly string[]): void {
  const fields = missingSources(mapping, columns);
  const need = (pointer: string, isThere: boolean, detail: string) => {
    if (!isThere) fields.push({ pointer, detail });
  };
  const hasTime = columnsOfRole(mapping, "timestamp").length > 0 || columnsOfRole(mapping, "date").length > 0;
  need("/columns", hasTime, "No column holds the time.");
  need("/timestamp", mapping.timestamp !== undefined, "The time format and time zone are missing.");
  const values = columnsOfRole(mapping, "value");
  need("/columns", values.length > 0, "No column holds a value.");
  const areSensorsNamed = values.length > 0 && values.every((column) => column.sensorCode !== undefined);
  const hasSensor = columnsOfRole(mapping, "sensor").length > 0 || mapping.constants["sensor"] !== undefined;
  need("/constants/sensor", hasSensor || areSensorsNamed, "Nothing says which sensor the values belong to.");
  const hasProperty = columnsOfRole(mapping, "property").length > 0 || mapping.constants["property"] !== undefined;
  const arePropertiesNamed = values.every((column) => column.observedProperty !== undefined);
  need("/constants/property", hasProperty || arePropertiesNamed, "Nothing says which quantity the values are.");
  if (mapping.layout === "long") need("/columns", values.length <= 1, "A long table has one value column.");
  checkFormat(mapping, fields);
  refuse(fields);
}

export function checkRegistryMapping(mapping: ColumnMapping, columns: readonly string[]): void {
  const fields = missingSources(mapping, columns);
  if (columnsOfRole(mapping, "sensor").length === 0)
    fields.push({ pointer: "/columns", detail: "No column holds the sensor id." });
  const hasLatitude = columnsOfRole(mapping, "latitude").length > 0;
  if (hasLatitude !== columnsOfRole(mapping, "longitude").length > 0) {
    fields.push({ pointer: "/columns", detail: "Latitude and longitude go together." });
  }
  refuse(fields);
}

function missingSources(mapping: ColumnMapping, columns: readonly string[]): FieldError[] {
  return mapping.columns.flatMap((column, index) =>
    column.role === "ignore" || columns.includes(column.source)
      ? []
      : [{ pointer: `/columns/${index}/source`, detail: `The file has no column "${column.source}".` }],
  );
}

function checkFormat(mapping: ColumnMapping, fields: FieldError[]): void {
  const format = mapping.timestamp?.format ?? "iso";
  if (["iso", "epoch_s", "epoch_ms"].includes(format)) return;
  try {
    compileTimePattern(format);
  } catch (error) {
    fields.push({ pointer: "/timestamp/format", detail: error instanceof Error ? error.message : String(error) });
  }
}

function refuse(fields: FieldError[]): void {
  const [first] = fields;
  if (first !== undefined) throw new AppError("invalid_input", first.detail, { fields });
}
