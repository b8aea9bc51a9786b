import type { Sums } from "../schema.ts";

const DAYS = 367;

interface YearSums {
  energyKwh: Float64Array;
  sessions: Uint32Array;
}

/** Sums of one place: sessions and energy of each day. */
export class PlaceSums {
  sessions = 0;
  energyKwh = 0;
  readonly #years = new Map<number, YearSums>();

  add(year: number, dayOfYear: number, energyKwh: number): void {
    this.sessions++;
    this.energyKwh += energyKwh;
    let days = this.#years.get(year);
    if (days === undefined) {
      days = { energyKwh: new Float64Array(DAYS), sessions: new Uint32Array(DAYS) };
      this.#years.set(year, days);
    }
    days.energyKwh[dayOfYear]! += energyKwh;
    days.sessions[dayOfYear]!++;
  }

  total(): Sums {
    let [dayEnergyKwhMax, dayOfMax] = [0, ""];
    for (const [year, { energyKwh }] of this.#years) {
      for (const [day, value] of energyKwh.entries()) {
        if (value > dayEnergyKwhMax) [dayEnergyKwhMax, dayOfMax] = [value, dateOf(year, day)];
      }
    }
    return { sessions: this.sessions, energyKwh: this.energyKwh, dayEnergyKwhMax, dayOfMax };
  }

  /** The months with sessions, in order. */
  months(): (Sums & { year: number; month: number })[] {
    const months = new Map<string, Sums & { year: number; month: number }>();
    const years = [...this.#years].sort(([a], [b]) => a - b);
    for (const [year, { energyKwh, sessions }] of years) {
      for (let day = 1; day < DAYS; day++) {
        if (sessions[day] === 0) continue;
        const date = dateOf(year, day);
        const key = date.slice(0, 7);
        let sums = months.get(key);
        if (sums === undefined) {
          sums = { year, month: Number(key.slice(5)), sessions: 0, energyKwh: 0, dayEnergyKwhMax: 0, dayOfMax: "" };
          months.set(key, sums);
        }
        sums.sessions += sessions[day]!;
        sums.energyKwh += energyKwh[day]!;
        if (energyKwh[day]! > sums.dayEnergyKwhMax) {
          [sums.dayEnergyKwhMax, sums.dayOfMax] = [energyKwh[day]!, date];
        }
      }
    }
    return [...months.values()];
  }
}

const dateOf = (year: number, dayOfYear: number) => new Date(Date.UTC(year, 0, dayOfYear)).toISOString().slice(0, 10);

/** Sums by key; memory grows with places and years, not with sessions. */
export class SumsByPlace<Place> {
  readonly #places = new Map<string, { place: Place; sums: PlaceSums }>();

  /** The sums of a key; `place` is asked for once. */
  of(key: string, place: () => Place): PlaceSums {
    let entry = this.#places.get(key);
    if (entry === undefined) this.#places.set(key, (entry = { place: place(), sums: new PlaceSums() }));
    return entry.sums;
  }

  /** By energy, the largest first. */
  sorted(): { key: string; place: Place; sums: PlaceSums }[] {
    return [...this.#places]
      .map(([key, { place, sums }]) => ({ key, place, sums }))
      .sort((a, b) => b.sums.energyKwh - a.sums.energyKwh || (a.key < b.key ? -1 : 1));
  }
}
