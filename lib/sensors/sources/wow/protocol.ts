import { z } from "zod";

export const REQUESTS_PER_SECOND = 1;

const number = z.number().nullish().catch(null);

/** Values may be null, and keys absent; unknown ones are ignored. */
export const observationsAnswer = z.object({
  Object: z.array(
    z
      .object({
        SiteId: z.union([z.string(), z.number()]).transform(String),
        Latitude: number,
        Longitude: number,
        ReportEndDateTime: z.string().nullish(),
      })
      .catchall(z.unknown()),
  ),
});
export type WowObservation = z.output<typeof observationsAnswer>["Object"][number];

/** Members that carry values, as our quantities. */
export const QUANTITIES: Readonly<Record<string, { observedProperty: string; unit: string }>> = {
  DryBulbTemperature_Celsius: { observedProperty: "air_temperature", unit: "Cel" },
  RainfallAmount_Millimetre: { observedProperty: "rainfall", unit: "mm" },
  RainfallRate_MillimetrePerHour: { observedProperty: "rainfall_rate", unit: "mm/h" },
  RelativeHumidity: { observedProperty: "relative_humidity", unit: "%" },
  DewPointTemperature_Celsius: { observedProperty: "dew_point", unit: "Cel" },
  MeanSeaLevelPressure_Hectopascal: { observedProperty: "sea_level_pressure", unit: "hPa" },
  WindSpeed_MetrePerSecond: { observedProperty: "wind_speed", unit: "m/s" },
  WindDirection: { observedProperty: "wind_direction", unit: "deg" },
  SoilTemperature10cm_Celsius: { observedProperty: "soil_temperature", unit: "Cel" },
};

export function toWowTime(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19);
}

/** Epoch ms of a time without zone, which is UTC; NaN when it is none. */
export function readWowTime(text: string | null | undefined): number {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(text ?? "")?.[0];
  return time === undefined ? Number.NaN : Date.parse(`${time}Z`);
}
