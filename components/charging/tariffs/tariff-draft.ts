import { clockOfQuarter, type DayChoice } from "#lib/charging/tariffs/core/windows";
import { type Tariff, tariff } from "#lib/charging/tariffs/schema";

/** A period as it is typed. */
export interface PeriodDraft {
  key: number;
  label: string;
  months: number[];
  days: DayChoice;
  from: string;
  to: string;
  price: string;
}

export interface DemandDraft {
  key: number;
  label: string;
  basis: "maximum" | "window";
  periods: PeriodDraft[];
}

export interface FixedDraft {
  key: number;
  label: string;
  usd: string;
  per: "day" | "month";
  basis: "customer" | "meter";
}

export interface TariffFormDraft {
  name: string;
  utility: string;
  description: string;
  source: string;
  effectiveOn: string;
  energy: PeriodDraft[];
  demand: DemandDraft[];
  fixed: FixedDraft[];
  hasSubscription: boolean;
  blockKw: string;
  blockUsd: string;
}

export const ALL_MONTHS: readonly number[] = Array.from({ length: 12 }, (_, month) => month + 1);
/** Times that a period can begin or end at. */
export const CLOCKS: readonly string[] = Array.from({ length: 97 }, (_, quarter) => clockOfQuarter(quarter));

let lastKey = 0;
/** Rows keep their place on the page by a key of their own: their texts change. */
export const newKey = () => ++lastKey;

export function newPeriod(label: string, price = ""): PeriodDraft {
  return { key: newKey(), label, months: [...ALL_MONTHS], days: "all", from: "00:00", to: "24:00", price };
}

export function draftOfTariff(value: Tariff): TariffFormDraft {
  const { name, utility, description, source, effectiveOn, subscription } = value;
  return {
    ...{ name, utility, description, source, effectiveOn: effectiveOn ?? "" },
    energy: value.energyPeriods.map(({ usdPerKwh, ...period }) => ({
      key: newKey(),
      ...period,
      price: `${usdPerKwh}`,
    })),
    demand: value.demandCharges.map(({ periods, ...charge }) => ({
      key: newKey(),
      ...charge,
      periods: periods.map(({ usdPerKw, ...period }) => ({ key: newKey(), ...period, price: `${usdPerKw}` })),
    })),
    fixed: value.fixedCharges.map(({ usd, ...charge }) => ({ key: newKey(), ...charge, usd: `${usd}` })),
    hasSubscription: subscription !== null,
    blockKw: subscription ? `${subscription.blockKw}` : "50",
    blockUsd: subscription ? `${subscription.usdPerMonth}` : "",
  };
}

export const EMPTY_DRAFT = (): TariffFormDraft => ({
  ...{ name: "", utility: "", description: "", source: "", effectiveOn: "" },
  energy: [newPeriod("All hours", "0.20")],
  demand: [],
  fixed: [],
  hasSubscription: false,
  blockKw: "50",
  blockUsd: "",
});

/** "0,12" and "$0.12" are what people write. */
const numberOf = (text: string) =>
  text.trim() === "" ? NaN : Number(text.trim().replace(/^\$/, "").replace(",", "."));

const periodOf = ({ key: _key, price, ...period }: PeriodDraft, name: "usdPerKwh" | "usdPerKw") => ({
  ...period,
  [name]: numberOf(price),
});

export interface DraftReading {
  /** Null while something is wrong. */
  tariff: Tariff | null;
  /** What is wrong, by RFC 6901 pointer into the tariff. */
  errors: readonly { pointer: string; detail: string }[];
}

export function readDraft(draft: TariffFormDraft): DraftReading {
  const outcome = tariff.safeParse({
    ...{ name: draft.name, utility: draft.utility, description: draft.description, source: draft.source },
    effectiveOn: draft.effectiveOn === "" ? null : draft.effectiveOn,
    energyPeriods: draft.energy.map((period) => periodOf(period, "usdPerKwh")),
    demandCharges: draft.demand.map(({ key: _key, periods, ...charge }) => ({
      ...charge,
      periods: periods.map((period) => periodOf(period, "usdPerKw")),
    })),
    fixedCharges: draft.fixed.map(({ key: _key, usd, ...charge }) => ({ ...charge, usd: numberOf(usd) })),
    subscription: draft.hasSubscription
      ? { blockKw: numberOf(draft.blockKw), usdPerMonth: numberOf(draft.blockUsd) }
      : null,
  });
  if (outcome.success) return { tariff: outcome.data, errors: [] };
  const errors = outcome.error.issues.map(({ path, message }) => ({ pointer: `/${path.join("/")}`, detail: message }));
  return { tariff: null, errors };
}

export interface PricedPeriod {
  label: string;
  months: number[];
  days: DayChoice;
  from: string;
  to: string;
  usd: number;
}

/** Periods that can be drawn already, whatever is wrong elsewhere. */
export function drawablePeriods(periods: readonly PeriodDraft[]): PricedPeriod[] {
  return periods.map(({ key: _key, price, ...period }) => ({ ...period, usd: numberOf(price) }));
}
