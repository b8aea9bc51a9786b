import type { Segment } from "../core/segments.ts";
import type { DayType } from "./schema.ts";

/**
 * Mean energy of a session, kWh, usual ones: the shape of a day says little about it. Its standard deviation is half of
 * it.
 */
export const DEFAULT_ENERGY_KWH: Readonly<Record<Segment, number>> = {
  residential_l1: 12,
  residential_l2: 12,
  residential_mud: 12,
  work: 9,
  public_l2: 8.5,
  fast: 22,
};

type Row = readonly [Segment, DayType, readonly (readonly [weight: number, startMin: number, startSdMin: number])[]];

/** Found by `npm run bench -- calibrate-session-model`; weights are made to add up to 1. */
export const DEFAULT_STARTS: readonly Row[] = [
  [
    "residential_l1",
    "weekday",
    [
      [0.2912, 1213.4, 97.9],
      [0.2894, 271.7, 236],
      [0.2332, 683.8, 237.2],
      [0.1862, 975.2, 151],
    ],
  ],
  [
    "residential_l1",
    "weekend",
    [
      [0.2752, 1003.6, 178],
      [0.2517, 675.4, 158],
      [0.2516, 1274.4, 74.6],
      [0.2216, 279.2, 196.8],
    ],
  ],
  [
    "residential_l2",
    "weekday",
    [
      [0.429, 1328.9, 240],
      [0.2238, 1385.2, 10],
      [0.1299, 669.2, 240],
      [0.116, 1223.9, 96.3],
      [0.1013, 41.8, 52],
    ],
  ],
  [
    "residential_l2",
    "weekend",
    [
      [0.3474, 1376.4, 128.4],
      [0.2739, 1110.1, 240],
      [0.146, 468.4, 239.7],
      [0.1366, 1156.7, 45.2],
      [0.0961, 795.9, 140],
    ],
  ],
  [
    "residential_mud",
    "weekday",
    [
      [0.4285, 1128.4, 145.5],
      [0.3142, 1406.2, 193.7],
      [0.1667, 733.1, 144.6],
      [0.0905, 547.1, 140.7],
    ],
  ],
  [
    "residential_mud",
    "weekend",
    [
      [0.4157, 806.2, 233.6],
      [0.3545, 1169.2, 169.5],
      [0.2205, 64.4, 152.9],
      [0.0094, 1307.6, 25.5],
    ],
  ],
  [
    "work",
    "weekday",
    [
      [0.4431, 764.9, 121.1],
      [0.4293, 533.8, 75.8],
      [0.0653, 597.7, 133.6],
      [0.0622, 1031.8, 163.1],
    ],
  ],
  [
    "work",
    "weekend",
    [
      [0.6016, 757.2, 203.4],
      [0.1753, 956, 157.1],
      [0.1623, 1277.8, 189.7],
      [0.0607, 437.9, 194.5],
    ],
  ],
  [
    "public_l2",
    "weekday",
    [
      [0.4612, 522.5, 108.4],
      [0.2408, 769.2, 100.6],
      [0.1609, 1168.9, 240],
      [0.1371, 1037.8, 142.9],
    ],
  ],
  [
    "public_l2",
    "weekend",
    [
      [0.4294, 723, 193.2],
      [0.2361, 1046.3, 146.1],
      [0.174, 1292.9, 234.3],
      [0.1605, 590.7, 159.2],
    ],
  ],
  [
    "fast",
    "weekday",
    [
      [0.4316, 630.3, 216.8],
      [0.4051, 967.9, 203.7],
      [0.1633, 1100.8, 163.7],
    ],
  ],
  [
    "fast",
    "weekend",
    [
      [0.4508, 708.2, 170],
      [0.4086, 973.9, 198.3],
      [0.1406, 1200.6, 240],
    ],
  ],
];
