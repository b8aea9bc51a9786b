import { z } from "zod";
import { isTimeZone } from "#lib/datasets/core/zone-clock";

const address = z.url({ protocol: /^https?$/, error: "An address begins with https:// or http://." }).max(2_000);

/** A path into a JSON answer: names and dots, `[]` for every element of a list: `data.items[].value`. */
const jsonPath = z
  .string()
  .max(300)
  .regex(/^[^.[\]\s]+(\[\])?(\.[^.[\]\s]+(\[\])?)*$/, 'Write the path as "data.items[].value".');

export const growConfig = z.object({
  kind: z.literal("grow"),
  baseUrl: address.default("https://grow.thingful.net/api").meta({ label: "Address of the node" }),
  variables: z
    .array(z.string().min(1))
    .min(1)
    .default(["air_temperature", "light", "calibrated_soil_moisture", "battery_level"])
    .meta({ label: "Variables" }),
});

export const boundingBox = z
  .object({
    west: z.number().min(-180).max(180),
    south: z.number().min(-90).max(90),
    east: z.number().min(-180).max(180),
    north: z.number().min(-90).max(90),
  })
  .refine(
    ({ west, east, south, north }) => west < east && south < north,
    "West must lie west of east, south of north.",
  );

export const wowConfig = z.object({
  kind: z.literal("wow"),
  baseUrl: address.default("https://apimgmt.www.wow.metoffice.gov.uk/api").meta({ label: "Address of the service" }),
  box: boundingBox.meta({ label: "Area" }),
});

const property = z.object({
  observedProperty: z.string().min(1).max(120),
  unit: z.string().max(40).default(""),
  /** Column of a CSV file, or path below an element of `rowsPath`. */
  field: z.string().min(1).max(300),
});

export const httpConfig = z
  .object({
    kind: z.literal("http"),
    url: z
      .string()
      .max(2_000)
      .refine((text) => URL.canParse(text.replaceAll(/\{\w+\}/g, "0")), "This is not an address.")
      .refine((text) => /^https?:\/\//.test(text), "An address begins with https:// or http://.")
      .meta({ label: "Address", hint: "{from}, {to}, {sensor} and {page} are filled in" }),
    format: z.enum(["json", "csv"]),
    /** Header that carries the key, for example `Authorization`; the key itself is the pipeline's secret. */
    keyHeader: z.string().max(100).default("Authorization"),
    keyPrefix: z.string().max(40).default("Bearer "),
    /** Sensors to ask for where the address has {sensor}. */
    sensorCodes: z.array(z.string().min(1)).max(20_000).default([]),
    rowsPath: jsonPath.or(z.literal("")).default(""),
    sensorField: z.string().max(300).default(""),
    timeField: z.string().min(1).max(300),
    timeFormat: z.enum(["iso", "epoch_s", "epoch_ms"]).default("iso"),
    timeZone: z.string().refine(isTimeZone, "Not a known time zone (for example Europe/Berlin).").default("UTC"),
    latitudeField: z.string().max(300).default(""),
    longitudeField: z.string().max(300).default(""),
    properties: z.array(property).min(1).max(50),
    /** Where a JSON answer names its next page: an address or a number. */
    nextPath: jsonPath.or(z.literal("")).default(""),
    /** Longest span of one request, days. */
    windowDays: z.number().min(0.01).max(366).default(7),
    requestsPerSecond: z.number().min(0.05).max(50).default(2),
  })
  .superRefine((config, issues) => {
    const isBySensor = config.url.includes("{sensor}");
    if (!isBySensor && config.sensorField === "") {
      issues.addIssue({
        code: "custom",
        path: ["sensorField"],
        message: "Say which field names the sensor, or put {sensor} into the address.",
      });
    }
    if (isBySensor && config.sensorCodes.length === 0) {
      issues.addIssue({
        code: "custom",
        path: ["sensorCodes"],
        message: "Name the sensors to ask for: the address has {sensor}.",
      });
    }
  });

export const filesConfig = z.object({ kind: z.literal("files") });

/** Where a pipeline's sensors and readings come from. Keys are kept apart, sealed. */
export const sourceConfig = z.discriminatedUnion("kind", [growConfig, wowConfig, httpConfig, filesConfig]);
export type SourceConfig = z.output<typeof sourceConfig>;
export type GrowConfig = z.output<typeof growConfig>;
export type WowConfig = z.output<typeof wowConfig>;
export type HttpConfig = z.output<typeof httpConfig>;

export const SOURCE_TITLES: Readonly<Record<SourceConfig["kind"], string>> = {
  grow: "GROW node (Thingful protocol)",
  wow: "Met Office WOW",
  http: "JSON or CSV over HTTP",
  files: "Files and devices of this workspace",
};

/** Whether the source cannot be asked without a key. */
export const NEEDS_KEY: Readonly<Record<SourceConfig["kind"], boolean>> = {
  grow: true,
  wow: true,
  http: false,
  files: false,
};
