import type { RunTools } from "#lib/algorithms/define";
import { PlacesSums } from "./core/place-sums.ts";
import type { ChargingStatisticsData, ChargingStatisticsParams, ChargingStatisticsResult } from "./schema.ts";

/** Separates the parts of a key; occurs in no name. */
const MARK = "\u001f";

export async function runChargingStatistics(
  { year: wantedYear }: ChargingStatisticsParams,
  { batches, rowCount }: ChargingStatisticsData,
  { signal, onProgress }: Pick<RunTools, "signal" | "onProgress">,
): Promise<ChargingStatisticsResult> {
  const counties = new PlacesSums();
  const zips = new PlacesSums();
  const months = new Map<string, number>();
  let unplacedSessions = 0;
  let rows = 0;
  onProgress(0, "Add up sessions");
  for await (const batch of batches) {
    signal.throwIfAborted();
    for (let row = 0; row < batch.rowCount; row++) {
      const year = batch.year[row]!;
      if (Number.isNaN(year) || (wantedYear !== null && year !== wantedYear)) continue;
      const county = countyName(batch.county[row] ?? "");
      if (county === "") {
        unplacedSessions++;
        continue;
      }
      const at = { year, dayOfYear: batch.dayOfYear[row]! };
      const energyKwh = batch.energyKwh[row]!;
      counties.add(county, at, energyKwh);
      const zip = (batch.zip[row] ?? "").trim();
      if (zip !== "") zips.add(`${zip}${MARK}${county}`, at, energyKwh);
      const month = `${county}${MARK}${year}${MARK}${batch.month[row]!}`;
      months.set(month, (months.get(month) ?? 0) + energyKwh);
    }
    rows += batch.rowCount;
    onProgress(rows / Math.max(1, rowCount));
  }
  return {
    year: wantedYear,
    counties: counties.finish(),
    zips: zips.finish().map((sums) => {
      const [place = "", county = ""] = sums.place.split(MARK);
      return { ...sums, place, county };
    }),
    months: [...months]
      .map(([key, energyKwh]) => {
        const [county = "", year, month] = key.split(MARK);
        return { county, year: Number(year), month: Number(month), energyKwh };
      })
      .sort((a, b) => (a.county < b.county ? -1 : a.county > b.county ? 1 : a.year - b.year || a.month - b.month)),
    unplacedSessions,
  };
}

/** "Santa Clara County" and "Santa Clara" are one. */
function countyName(county: string): string {
  return county.trim().replace(/ County$/i, "");
}
