import { z } from "zod";
import { isTimeZone } from "./zone-clock.ts";

/** What one column of the file becomes. `role` is one of the kind's roles, or `ignore`. */
export const mappedColumn = z.object({
  /** Header name in the file. */
  source: z.string().min(1),
  role: z.string().min(1),
  /** For values: catalogue id such as `air_temperature`, or a name of the user's own. */
  observedProperty: z.string().min(1).max(120).optional(),
  /** Unit the file uses, as written (`°F`, `mbar`); absent means the property's canonical unit. */
  unit: z.string().max(40).optional(),
  /** For files with one column per sensor: the sensor this column belongs to. */
  sensorCode: z.string().min(1).max(120).optional(),
});
export type MappedColumn = z.infer<typeof mappedColumn>;

/** A value that the rows do not carry: typed by the user, or read from the name of the file (or zip entry). */
export const mappingConstant = z.discriminatedUnion("from", [
  z.object({ from: z.literal("value"), value: z.string().min(1).max(200) }),
  z.object({ from: z.literal("file_name") }),
]);
export type MappingConstant = z.infer<typeof mappingConstant>;

export const mappingTimestamp = z.object({
  /** `iso`, `epoch_s`, `epoch_ms`, or a pattern such as `dd.MM.yyyy HH:mm`. */
  format: z.string().min(1).max(60),
  /** IANA zone of times that carry no offset; always explicit, never the machine's. */
  timeZone: z.string().refine(isTimeZone, "Not a known time zone (for example Europe/Berlin)."),
});
export type MappingTimestamp = z.infer<typeof mappingTimestamp>;

/** A setting of one of the kind's cleaning rules; the kind says which there are and checks them. */
const ruleSetting = z.union([
  z.number(),
  z.boolean(),
  z.null(),
  z.string().max(200),
  z.array(z.string().max(200)).max(200),
]);

/**
 * How a file's columns become a dataset. `long`: one value per row; `wide`: one column per quantity or sensor;
 * `entities`: one thing (a sensor) per row.
 */
export const columnMapping = z.object({
  kind: z.string().min(1),
  layout: z.enum(["long", "wide", "entities"]),
  columns: z.array(mappedColumn).max(2000),
  timestamp: mappingTimestamp.optional(),
  /** By role, for example `{ sensor: { from: "file_name" }, property: { from: "value", value: "pH" } }`. */
  constants: z.record(z.string(), mappingConstant).default({}),
  /** Numbers are written `3,5`. */
  decimalComma: z.boolean().default(false),
  /** What to do when latitude and longitude look exchanged. */
  positions: z.enum(["as_is", "swap_all", "swap_out_of_range"]).default("as_is"),
  /** Settings of the cleaning rules that differ from the kind's own. */
  settings: z.record(z.string(), ruleSetting).optional(),
});
export type ColumnMapping = z.infer<typeof columnMapping>;

/** Something the file does not say and a person must; `required` ones block the upload of a new layout. */
export interface MappingQuestion {
  id:
    | "time_zone"
    | "sensor"
    | "property"
    | "unit"
    | "value_column"
    | "sensor_column"
    | "date_order"
    | "reference"
    | "role_column";
  /** The role a column is wanted for, when that is the question. */
  role?: string;
  /** Header name the question is about. */
  column?: string;
  text: string;
  options: { value: string; label: string }[];
  required: boolean;
}

export interface MappingProposal {
  mapping: ColumnMapping;
  /** Per column of the file, 0 (a guess) to 1 (the header says so). */
  confidence: Record<string, number>;
  questions: MappingQuestion[];
}

/** The mapped columns of a role, in file order. */
export function columnsOfRole(mapping: ColumnMapping, role: string): MappedColumn[] {
  return mapping.columns.filter((column) => column.role === role);
}
