const START_MS = Date.UTC(2017, 0, 1, 8);

export const wallAt = (second: number) =>
  new Date(START_MS + second * 1000).toISOString().slice(0, 19).replace("T", " ");

/** A posted record of a made-up driver, `second` seconds after eight. */
export function makeRecord(second: number, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    ...{ driverID: "likun1000003", carPlateNumber: "华AVM936", Latitude: "32.05", Longtitude: "118.77", Speed: "125" },
    Time: wallAt(second),
    ...more,
  };
}
