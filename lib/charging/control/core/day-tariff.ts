/** A day in quarter hours, local time; windows may pass midnight. */
export const SLOTS_PER_DAY = 96;
export const SLOT_HOURS = 0.25;

export interface DayDemandCharge {
  label: string;
  usdPerKw: number;
  /** Slots whose highest load is charged. */
  slots: readonly number[];
}

/** What one day of charging costs: a tariff on a day of one kind in one month. */
export interface DayTariff {
  name: string;
  /** Per slot. */
  priceUsdPerKwh: Float64Array;
  demand: readonly DayDemandCharge[];
  /** Highest load per slot; Infinity where there is no limit. */
  capKw: Float64Array;
  /** Paid each month whatever the load is, for example a subscription. */
  fixedUsdPerMonth: number;
}

/** From `fromHour` (inclusive) to `toHour` (exclusive); passes midnight when it ends before it begins. */
export interface HourSpan {
  fromHour: number;
  toHour: number;
}

/** The slots of spans of hours in rising order, each once. */
export function slotsOf(spans: readonly HourSpan[]): number[] {
  const isIn = new Uint8Array(SLOTS_PER_DAY);
  for (const { fromHour, toHour } of spans) {
    const from = Math.round(fromHour / SLOT_HOURS);
    const to = Math.round(toHour / SLOT_HOURS);
    const length = to > from ? to - from : to - from + SLOTS_PER_DAY;
    for (let k = 0; k < length; k++) isIn[(from + k) % SLOTS_PER_DAY] = 1;
  }
  return [...isIn.keys()].filter((slot) => isIn[slot] === 1);
}

export const ALL_DAY: readonly number[] = Array.from({ length: SLOTS_PER_DAY }, (_, slot) => slot);

/** Prices per slot: `usual`, and others in spans of hours; later spans win. */
export function pricesOf(usual: number, spans: readonly (HourSpan & { usdPerKwh: number })[]): Float64Array {
  const prices = new Float64Array(SLOTS_PER_DAY).fill(usual);
  for (const span of spans) for (const slot of slotsOf([span])) prices[slot] = span.usdPerKwh;
  return prices;
}

export function noCap(): Float64Array {
  return new Float64Array(SLOTS_PER_DAY).fill(Infinity);
}

/** How a tariff meets one day. */
export interface Conventions {
  /** Hours that a slot's kW count in the energy charge: 0.25 is right, 1 is how the first published version counted. */
  energyHours: number;
  /** Share of a monthly demand charge that one day carries: 1/30 is right for a bill, 1 for the published objective. */
  demandShare: number;
}

export const BILL_CONVENTIONS: Conventions = { energyHours: SLOT_HOURS, demandShare: 1 / 30 };

/** A tariff as coefficients of the load in kW, with the conventions applied; without fixed fees. */
export interface CostModel {
  /** Per slot, US$ per kW of load. */
  priceUsdPerKw: Float64Array;
  demand: readonly DayDemandCharge[];
  capKw: Float64Array;
}

export function toCostModel(tariff: DayTariff, { energyHours, demandShare }: Conventions): CostModel {
  return {
    priceUsdPerKw: tariff.priceUsdPerKwh.map((price) => price * energyHours),
    demand: tariff.demand
      .filter(({ usdPerKw, slots }) => usdPerKw > 0 && slots.length > 0)
      .map((charge) => ({ ...charge, usdPerKw: charge.usdPerKw * demandShare })),
    capKw: tariff.capKw,
  };
}

export function hasCap({ capKw }: Pick<CostModel, "capKw">): boolean {
  return capKw.some((kw) => kw < Infinity);
}

/** Energy and demand charges of a load under a cost model, US$. */
export function costOf(loadKw: Float64Array, { priceUsdPerKw, demand }: CostModel) {
  let energyUsd = 0;
  for (let t = 0; t < loadKw.length; t++) energyUsd += priceUsdPerKw[t]! * loadKw[t]!;
  const demandUsd = demand.map(({ usdPerKw, slots }) => usdPerKw * peakIn(loadKw, slots));
  return { energyUsd, demandUsd, totalUsd: demandUsd.reduce((sum, usd) => sum + usd, energyUsd) };
}

export function peakIn(loadKw: Float64Array, slots: readonly number[] = ALL_DAY): number {
  let peak = 0;
  for (const slot of slots) peak = Math.max(peak, loadKw[slot]!);
  return peak;
}
