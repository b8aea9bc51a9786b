import { ALL_DAY, type ControlTariff, noCap, pricesOf, slotsOf } from "./tariff.ts";

/** Tariff structures of the published study, effective November 2019. */
export const PUBLISHED_TARIFFS = [
  "PGEe19",
  "PGEcev",
  "PGEcev_demand",
  "PGEcev_energy",
  "SCEtouev8_summer",
  "SCEtouev8_winter",
  "SDGEmedian",
  "cap",
  "minpeak",
] as const;
export type PublishedTariff = (typeof PUBLISHED_TARIFFS)[number];

/** US$ per month for each 50 kW block of the PG&E commercial EV subscription. */
export const CEV_BLOCK_USD = 183.86;
export const CEV_BLOCK_KW = 50;

/** San Diego's dynamic price, July 2019: median of each hour, US$/kWh. */
const SDGE_MEDIAN_USD_PER_KWH = [
  0.175039495, 0.17518727, 0.17398239, 0.17337817, 0.1754181, 0.179277335, 0.17898783, 0.174629365, 0.16821963,
  0.168854625, 0.169922615, 0.17191, 0.17323444, 0.174026755, 0.17707432, 0.179359145, 0.179954515, 0.18090283,
  0.18448176, 0.18854812, 0.182962865, 0.18533234, 0.180116845, 0.176642015,
];

const E19_PEAK = [{ fromHour: 12, toHour: 18 }];
const E19_PART = [
  { fromHour: 8.5, toHour: 12 },
  { fromHour: 18, toHour: 21.5 },
];

const e19 = () => ({
  priceUsdPerKwh: pricesOf(0.09082, [
    ...E19_PART.map((span) => ({ ...span, usdPerKwh: 0.12236 })),
    ...E19_PEAK.map((span) => ({ ...span, usdPerKwh: 0.16997 })),
  ]),
  demand: [
    { label: "peak hours", usdPerKw: 21.23, slots: slotsOf(E19_PEAK) },
    { label: "part-peak hours", usdPerKw: 5.85, slots: slotsOf(E19_PART) },
    { label: "whole day", usdPerKw: 19.1, slots: ALL_DAY },
  ],
});

const cevPrices = () =>
  pricesOf(0.11079, [
    { fromHour: 9, toHour: 14, usdPerKwh: 0.08882 },
    { fromHour: 16, toHour: 22, usdPerKwh: 0.30267 },
  ]);

const TARIFFS: Record<PublishedTariff, () => Pick<ControlTariff, "priceUsdPerKwh" | "demand">> = {
  PGEe19: e19,
  PGEcev: () => ({ priceUsdPerKwh: cevPrices(), demand: [] }),
  PGEcev_demand: () => ({
    priceUsdPerKwh: cevPrices(),
    demand: [{ label: "whole day", usdPerKw: CEV_BLOCK_USD / CEV_BLOCK_KW, slots: ALL_DAY }],
  }),
  PGEcev_energy: () => ({ priceUsdPerKwh: cevPrices(), demand: [] }),
  SCEtouev8_summer: () => ({
    priceUsdPerKwh: pricesOf(0.13, [{ fromHour: 15, toHour: 20, usdPerKwh: 0.37 }]),
    demand: [],
  }),
  SCEtouev8_winter: () => ({
    priceUsdPerKwh: pricesOf(0.13, [
      { fromHour: 7, toHour: 15, usdPerKwh: 0.08 },
      { fromHour: 15, toHour: 20, usdPerKwh: 0.26 },
    ]),
    demand: [],
  }),
  SDGEmedian: () => ({
    priceUsdPerKwh: Float64Array.from(ALL_DAY, (slot) => SDGE_MEDIAN_USD_PER_KWH[Math.floor(slot / 4)]!),
    demand: [],
  }),
  cap: () => ({ priceUsdPerKwh: pricesOf(0, []), demand: [] }),
  minpeak: () => ({
    priceUsdPerKwh: pricesOf(0, []),
    demand: [{ label: "whole day", usdPerKw: 1, slots: ALL_DAY }],
  }),
};

/**
 * A published structure. The cap is the site's and binds every tariff alike; for PG&E's subscription it is the level
 * that is paid for, in blocks.
 */
export function publishedTariff(name: PublishedTariff, capKw = Infinity): ControlTariff {
  const blocks = name === "PGEcev" && capKw < Infinity ? Math.ceil(capKw / CEV_BLOCK_KW) : 0;
  return { name, ...TARIFFS[name](), capKw: noCap().fill(capKw), fixedUsdPerMonth: blocks * CEV_BLOCK_USD };
}
