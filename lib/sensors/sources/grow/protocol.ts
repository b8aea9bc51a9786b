import { z } from "zod";

/** What the node answers, as far as we read it; unknown members are ignored. Times are UTC, `YYYYMMDDhhmmss`. */
export const DATA_SOURCE = "Thingful.Connectors.GROWSensors";
export const LOCATIONS_MAX = 10;
export const DAYS_MAX = 10;
export const REQUESTS_PER_SECOND = 4;
export const NO_DATA = -9999;

export const locationsAnswer = z.object({
  Locations: z.record(
    z.string(),
    z.object({
      Identifier: z.string().optional(),
      Name: z.string().nullish(),
      Code: z.string(),
      /** Longitude. */
      X: z.number().nullish(),
      /** Latitude. */
      Y: z.number().nullish(),
      Z: z.number().nullish(),
      UserUid: z.string().nullish(),
    }),
  ),
});

export const informationsAnswer = z.object({
  TimeSeriesInformations: z.record(
    z.string(),
    z.object({
      LocationIdentifier: z.string(),
      DataSourceVariableId: z.union([z.string(), z.number()]).optional(),
      StartDate: z.string().nullish(),
      EndDate: z.string().nullish(),
    }),
  ),
});

export const timeSeriesAnswer = z.object({
  Data: z.array(
    z.object({
      LocationCode: z.string(),
      VariableCode: z.string(),
      NoDataValue: z.number().nullish(),
      Data: z.array(
        z.object({
          DateTime: z.string(),
          Value: z.union([z.number(), z.string()]).nullish(),
          Availability: z.number().nullish(),
        }),
      ),
    }),
  ),
});

/** The node's variables as our quantities; the unit is the node's. */
export const VARIABLES: Readonly<Record<string, { observedProperty: string; unit: string }>> = {
  air_temperature: { observedProperty: "air_temperature", unit: "Cel" },
  light: { observedProperty: "daily_light_integral", unit: "mol/m2/d" },
  soil_moisture: { observedProperty: "soil_moisture_raw", unit: "%" },
  calibrated_soil_moisture: { observedProperty: "soil_moisture", unit: "%" },
  fertilizer_level: { observedProperty: "soil_conductivity", unit: "mS/cm" },
  water_tank_level: { observedProperty: "water_tank_level", unit: "%" },
  battery_level: { observedProperty: "battery_level", unit: "%" },
};

export function toNodeTime(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/\D/g, "").slice(0, 14);
}

/** Epoch ms of a node's time; NaN when it is none. */
export function readNodeTime(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
