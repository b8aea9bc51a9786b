import type { PlaceStatistics } from "../schema.ts";

const DAYS = 367;

/** Sums of one place: sessions, energy, energy of each day. */
class PlaceSums {
  sessions = 0;
  energyKwh = 0;
  readonly days = new Map<number, Float64Array>();

  add(year: number, dayOfYear: number, energyKwh: number): void {
    this.sessions++;
    this.energyKwh += energyKwh;
    let days = this.days.get(year);
    if (days === undefined) this.days.set(year, (days = new Float64Array(DAYS)));
    days[dayOfYear]! += energyKwh;
  }

  finish(place: string): PlaceStatistics {
    let [dayEnergyKwhMax, dayOfMax] = [0, ""];
    for (const [year, days] of this.days) {
      for (const [day, energyKwh] of days.entries()) {
        if (energyKwh > dayEnergyKwhMax) [dayEnergyKwhMax, dayOfMax] = [energyKwh, dateOf(year, day)];
      }
    }
    return { place, sessions: this.sessions, energyKwh: this.energyKwh, dayEnergyKwhMax, dayOfMax };
  }
}

const dateOf = (year: number, dayOfYear: number) => new Date(Date.UTC(year, 0, dayOfYear)).toISOString().slice(0, 10);

/** Statistics of many places; memory grows with places and years, not with sessions. */
export class PlacesSums {
  readonly #places = new Map<string, PlaceSums>();

  add(place: string, at: { year: number; dayOfYear: number }, energyKwh: number): void {
    let sums = this.#places.get(place);
    if (sums === undefined) this.#places.set(place, (sums = new PlaceSums()));
    sums.add(at.year, at.dayOfYear, energyKwh);
  }

  /** By energy, the largest first. */
  finish(): PlaceStatistics[] {
    return [...this.#places]
      .map(([place, sums]) => sums.finish(place))
      .sort((a, b) => b.energyKwh - a.energyKwh || (a.place < b.place ? -1 : 1));
  }
}
