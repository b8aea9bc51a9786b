import { buildNearestIndex } from "#lib/geo/nearest";
import type { Position } from "#lib/geo/position";
import { FLAG } from "#lib/sensors/core/flag";

export interface PlacedStation extends Position {
  elevationM: number;
}

export interface SpatialOptions {
  /** Only so near stations have a say. */
  radiusM: number;
  /** The nearest so many; with fewer than `neighboursMin` values nothing is judged. */
  neighbours: number;
  neighboursMin: number;
  /** Expected errors from the expectation beyond which a value fails. */
  threshold: number;
  /** Change of the quantity with height, unit per metre. */
  elevationGradientPerM: number;
  /** Least expected error: about the difference of two healthy stations side by side. */
  errorMin: number;
}

export interface SpatialResult {
  /** QARTOD flag per station: good, fail, not evaluated (too few neighbours), missing. */
  flags: Uint8Array;
  /** Value minus expectation, unit of the values; NaN where not judged. */
  residuals: Float64Array;
  /** Residual in expected errors. */
  deviations: Float64Array;
}

interface Neighbour {
  station: number;
  /** East and north of the judged station, in units of the neighbourhood's size. */
  x: number;
  y: number;
  weight: number;
}

const ROUNDS = 3;
const METRES_PER_DEGREE = 111_195;
/** Holds slopes that few neighbours cannot tell near 0. */
const RIDGE = 0.1;

/**
 * Purpose: finds values that do not fit the field that the stations around show, where fields have slopes (coast to
 * inland, valley to hill) that a buddy check takes for differences.
 * Method: for each station a plane through its neighbours, nearer ones weighing more, heights taken out by the usual
 * gradient, itself left out; deviation in units of the plane's own error. The worst of a round is left out of the next.
 * Source: the spatial consistency test as described by Lussana et al. (2010), with a local plane in place of optimal
 * interpolation. Cost: stations × neighbours per instant. Streams instant by instant; nothing is kept between them.
 * Not for: quantities without a smooth field (light, soil moisture, rain).
 */
export class SpatialConsistencyCheck {
  readonly #stations: readonly PlacedStation[];
  readonly #neighbours: Neighbour[][];
  readonly #options: SpatialOptions;

  constructor(stations: readonly PlacedStation[], options: SpatialOptions) {
    this.#stations = stations;
    this.#options = options;
    this.#neighbours = findNeighbours(stations, options);
  }

  /** Judges the values of one instant; NaN = missing. */
  judge(values: ArrayLike<number>): SpatialResult {
    const { elevationGradientPerM, threshold } = this.#options;
    const level = Float64Array.from(
      this.#stations,
      ({ elevationM }, i) => values[i]! - elevationGradientPerM * elevationM,
    );
    const flags = Uint8Array.from(level, (value) => (Number.isNaN(value) ? FLAG.missing : FLAG.notEvaluated));
    const residuals = new Float64Array(level.length).fill(Number.NaN);
    const deviations = residuals.slice();
    for (let round = 0; round < ROUNDS; round++) {
      const found: number[] = [];
      level.forEach((value, i) => {
        if (flags[i] === FLAG.missing || flags[i] === FLAG.fail) return;
        const expected = this.#expect(i, level, flags);
        if (!expected) return;
        residuals[i] = value - expected.value;
        deviations[i] = residuals[i] / expected.error;
        flags[i] = FLAG.good;
        if (Math.abs(deviations[i]) > threshold) found.push(i);
      });
      if (found.length === 0) break;
      // One that is far off bends the planes of its neighbours: of neighbours only the worst is sure.
      for (const i of found) {
        const isWorst = this.#neighbours[i]!.every(
          ({ station }) => !(Math.abs(deviations[station]!) > Math.abs(deviations[i]!)) || flags[station] === FLAG.fail,
        );
        if (isWorst || round === ROUNDS - 1) flags[i] = FLAG.fail;
      }
    }
    return { flags, residuals, deviations };
  }

  /** The plane at a station and its standard error, from the neighbours that have a value and were not flagged. */
  #expect(at: number, level: Float64Array, flags: Uint8Array): { value: number; error: number } | null {
    let [w, wx, wy, wz] = [0, 0, 0, 0];
    let [count, squares] = [0, 0];
    const usable = this.#neighbours[at]!.filter(({ station }) => {
      return level[station]! === level[station]! && flags[station] !== FLAG.fail;
    });
    for (const { station, x, y, weight } of usable) {
      w += weight;
      wx += weight * x;
      wy += weight * y;
      wz += weight * level[station]!;
      count += 1;
    }
    if (count < this.#options.neighboursMin) return null;
    const [mx, my, mz] = [wx / w, wy / w, wz / w];
    let [xx, xy, yy, xz, yz] = [RIDGE * w, 0, RIDGE * w, 0, 0];
    for (const { station, x, y, weight } of usable) {
      const [dx, dy, dz] = [x - mx, y - my, level[station]! - mz];
      xx += weight * dx * dx;
      xy += weight * dx * dy;
      yy += weight * dy * dy;
      xz += weight * dx * dz;
      yz += weight * dy * dz;
    }
    const determinant = xx * yy - xy * xy;
    const slopeX = (xz * yy - yz * xy) / determinant;
    const slopeY = (yz * xx - xz * xy) / determinant;
    for (const { station, x, y, weight } of usable) {
      squares += weight * (level[station]! - mz - slopeX * (x - mx) - slopeY * (y - my)) ** 2;
    }
    const variance = (squares / w) * (1 + 1 / count);
    return { value: mz - slopeX * mx - slopeY * my, error: Math.max(Math.sqrt(variance), this.#options.errorMin) };
  }
}

function findNeighbours(stations: readonly PlacedStation[], { radiusM, neighbours }: SpatialOptions): Neighbour[][] {
  const index = buildNearestIndex(stations.map((station, i) => ({ lat: station.lat, lon: station.lon, i })));
  return stations.map((station, own) => {
    const near = index
      .nearest(station, { count: neighbours + 1, maxDistanceM: radiusM })
      .filter(({ item }) => item.i !== own)
      .slice(0, neighbours);
    const size = Math.max(1, near[near.length >> 1]?.distanceM ?? 1);
    const east = METRES_PER_DEGREE * Math.cos((station.lat * Math.PI) / 180);
    return near.map(({ item, distanceM }) => ({
      station: item.i,
      x: (wrapped(item.lon - station.lon) * east) / size,
      y: ((item.lat - station.lat) * METRES_PER_DEGREE) / size,
      weight: Math.exp(-0.5 * (distanceM / (2 * size)) ** 2),
    }));
  });
}

const wrapped = (degrees: number) => ((degrees + 540) % 360) - 180;
