import type { RunTools } from "#lib/algorithms/define";
import { isValidPosition } from "#lib/geo/position";
import { CountyLookup, type CountyPlace } from "./core/county-lookup.ts";
import { SumsByPlace } from "./core/place-sums.ts";
import type {
  ChargingStatisticsData,
  ChargingStatisticsParams,
  ChargingStatisticsResult,
  PlacedSessions,
  StationStatistics,
} from "./schema.ts";

/** Separates the parts of a key; occurs in no name. */
const MARK = "\u001f";
/** More than any state has; a result is read as a whole, so it has an end. */
const STATIONS_MAX = 20_000;

export async function runChargingStatistics(
  { year, state }: ChargingStatisticsParams,
  { batches, rowCount, counties }: ChargingStatisticsData,
  { signal, onProgress }: Pick<RunTools, "signal" | "onProgress">,
): Promise<ChargingStatisticsResult> {
  const statistics = new Statistics(year, new CountyLookup(counties, state));
  let rows = 0;
  onProgress(0, "Add up sessions");
  for await (const batch of batches) {
    signal.throwIfAborted();
    statistics.add(batch);
    rows += batch.rowCount;
    onProgress(rows / Math.max(1, rowCount));
  }
  return statistics.finish();
}

class Statistics {
  readonly #year: number | null;
  readonly #lookup: CountyLookup;
  readonly #counties = new SumsByPlace<CountyPlace>();
  readonly #zips = new SumsByPlace<{ place: string; county: string; fips: string | null }>();
  /** Without their days: there may be very many. */
  readonly #stations = new Map<string, StationStatistics>();
  readonly #stationsOf = new Map<string, Set<string>>();
  #unplacedSessions = 0;

  constructor(year: number | null, lookup: CountyLookup) {
    this.#year = year;
    this.#lookup = lookup;
  }

  add(batch: PlacedSessions): void {
    for (let row = 0; row < batch.rowCount; row++) {
      const year = batch.year[row]!;
      if (Number.isNaN(year) || (this.#year !== null && year !== this.#year)) continue;
      const county = this.#lookup.find(batch.county[row] ?? "", batch.state[row] ?? "");
      if (county === null) this.#unplacedSessions++;
      else this.#addPlaced(county, batch, row);
      this.#addStation(county, batch, row);
    }
  }

  #addPlaced(county: CountyPlace, batch: PlacedSessions, row: number): void {
    const [year, day, energyKwh] = [batch.year[row]!, batch.dayOfYear[row]!, batch.energyKwh[row]!];
    this.#counties.of(county.key, () => county).add(year, day, energyKwh);
    const zip = (batch.zip[row] ?? "").trim();
    if (zip !== "") {
      const place = () => ({ place: zip, county: county.place, fips: county.fips });
      this.#zips.of(`${zip}${MARK}${county.key}`, place).add(year, day, energyKwh);
    }
    const station = batch.station[row] ?? "";
    if (station === "") return;
    const known = this.#stationsOf.get(county.key);
    if (known) known.add(station);
    else this.#stationsOf.set(county.key, new Set([station]));
  }

  /** Stations without a name are told apart by where they stand. */
  #addStation(county: CountyPlace | null, batch: PlacedSessions, row: number): void {
    const at = { lat: batch.latitude[row]!, lon: batch.longitude[row]! };
    if (!isValidPosition(at)) return;
    const station = batch.station[row] ?? "";
    const key = station === "" ? `${at.lat.toFixed(4)}${MARK}${at.lon.toFixed(4)}` : station;
    let sums = this.#stations.get(key);
    if (sums === undefined) {
      sums = { station, county: county?.place ?? "", ...at, sessions: 0, energyKwh: 0 };
      this.#stations.set(key, sums);
    }
    sums.sessions++;
    sums.energyKwh += batch.energyKwh[row]!;
  }

  finish(): ChargingStatisticsResult {
    const counties = this.#counties.sorted();
    const stations = [...this.#stations.values()].sort((a, b) => b.energyKwh - a.energyKwh);
    return {
      year: this.#year,
      counties: counties.map(({ key, place: { place, state, fips, problem }, sums }) => {
        const stationCount = this.#stationsOf.get(key)?.size ?? 0;
        return { place, state, fips, problem, stations: stationCount, ...sums.total() };
      }),
      zips: this.#zips.sorted().map(({ place, sums }) => ({ ...place, ...sums.total() })),
      months: counties
        .flatMap(({ place: { place, state, fips }, sums }) =>
          sums.months().map((month) => ({ county: place, state, fips, ...month })),
        )
        .sort(
          (a, b) => compare(a.county, b.county) || compare(a.state, b.state) || a.year - b.year || a.month - b.month,
        ),
      stations: stations.slice(0, STATIONS_MAX),
      stationsLeftOut: Math.max(0, stations.length - STATIONS_MAX),
      unplacedSessions: this.#unplacedSessions,
    };
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
