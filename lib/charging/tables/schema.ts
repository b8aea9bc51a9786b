import { z } from "zod";

export const TABLE_KINDS = ["adoption", "ports"] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

/** More rows than any state has counties, years and levels. */
export const TABLE_ROWS_MAX = 20_000;

export const PORT_LEVELS = ["L1", "L2", "DC fast", "all"] as const;

const place = z.string().trim().min(1, "Name the place.").max(80);
const year = z.int("Write a year, as 2030.").min(1990, "The first year is 1990.").max(2100, "The last year is 2100.");
const amount = z.int("Write a whole number.").min(0, "No number is below 0.").max(1_000_000_000);

/** Electric vehicles of a county in a year: a number, or a share of all of the table's area. */
export const adoptionRow = z
  .object({
    county: place,
    year,
    evCount: z.number("Write a number.").min(0, "No number is below 0.").max(1e9).nullable().default(null),
    shareFraction: z
      .number("Write a share from 0 to 1.")
      .min(0)
      .max(1, "A share is at most 1.")
      .nullable()
      .default(null),
  })
  .refine(({ evCount, shareFraction }) => (evCount === null) !== (shareFraction === null), {
    path: ["evCount"],
    message: "Give the number of vehicles or their share, one of the two.",
  });
export type AdoptionRow = z.output<typeof adoptionRow>;

/** Charging ports of a county or ZIP code; without a year, those of today. */
export const portsRow = z.object({
  place,
  year: year.nullable().default(null),
  level: z.enum(PORT_LEVELS, `Write one of ${PORT_LEVELS.join(", ")}.`).default("all"),
  portCount: amount,
});
export type PortsRow = z.output<typeof portsRow>;

export type TableRow = AdoptionRow | PortsRow;
export type Cell = string | number | null;

/** Rows of any kind, before it is known which. */
const rows = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))).max(TABLE_ROWS_MAX);
export type LooseRow = z.output<typeof rows>[number];

const basedOn = z.uuid().nullable().meta({
  description: "Id of the version that was changed; null when there was none. Another newest one is a conflict.",
});
const source = z.string().trim().max(500).default("").meta({ description: "Where the numbers come from" });

export const saveTable = z.object({ rows, basedOn, source });
export type SaveTable = z.output<typeof saveTable>;

export const importTable = z.object({
  fileName: z.string().trim().min(1).max(200),
  text: z.string().min(1).max(3_000_000).meta({ description: "CSV with a header, or JSON: a list of rows" }),
  basedOn,
});
export type ImportTable = z.output<typeof importTable>;

export const tableQuery = z.object({
  version: z.coerce.number().int().min(1).optional().meta({ description: "Without it, the newest" }),
  format: z.enum(["json", "csv"]).default("json"),
});
export type TableQuery = z.output<typeof tableQuery>;

const instant = z.coerce.date().transform((date) => date.toISOString());
const written = { createdByLabel: z.string(), createdAt: instant };

export const tableView = z.object({
  kind: z.enum(TABLE_KINDS),
  /** Null while nothing has been saved. */
  id: z.uuid().nullable(),
  version: z.int(),
  rows,
  source: z.string(),
  sha256: z.string().nullable(),
  createdByLabel: z.string().nullable(),
  createdAt: instant.nullable(),
  /** The newest first. */
  versions: z.array(z.object({ id: z.uuid(), version: z.int(), rowCount: z.int(), ...written })),
});
export type TableView = z.output<typeof tableView>;
export type TableViewRow = z.input<typeof tableView>;
