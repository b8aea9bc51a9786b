import type { Segment } from "../core/segments.ts";
import type { DayType } from "./schema.ts";

/** Mean energy of a session, kWh; its standard deviation is half of it. */
export const DEFAULT_ENERGY_KWH: Readonly<Record<Segment, number>> = {
  residential_l1: 8.5,
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
      [0.2781, 341.8, 221.3],
      [0.2592, 836.2, 199.2],
      [0.2576, 1308.6, 300],
      [0.2051, 1211.3, 108.8],
    ],
  ],
  [
    "residential_l1",
    "weekend",
    [
      [0.2692, 708.1, 168.8],
      [0.2681, 1064.5, 180.7],
      [0.264, 241.8, 185.2],
      [0.1987, 1290.1, 82.1],
    ],
  ],
  [
    "residential_l2",
    "weekday",
    [
      [0.2512, 26.6, 86.2],
      [0.2152, 1103.2, 231.7],
      [0.2081, 1391, 12.2],
      [0.1717, 1228, 87.1],
      [0.1538, 408.1, 292],
    ],
  ],
  [
    "residential_l2",
    "weekend",
    [
      [0.3117, 1240.3, 117],
      [0.2517, 3.1, 115.1],
      [0.2348, 624.5, 288.3],
      [0.1192, 887.1, 126.1],
      [0.0827, 1149.4, 26.7],
    ],
  ],
  [
    "residential_mud",
    "weekday",
    [
      [0.4205, 1166.9, 140.8],
      [0.2092, 34.4, 153.3],
      [0.1998, 909.1, 300],
      [0.1706, 654.6, 172.6],
    ],
  ],
  [
    "residential_mud",
    "weekend",
    [
      [0.3528, 1272.7, 171.3],
      [0.2634, 1006.4, 155.9],
      [0.2311, 701.9, 166.2],
      [0.1527, 132.8, 151.2],
    ],
  ],
  [
    "work",
    "weekday",
    [
      [0.4411, 768.6, 130.2],
      [0.3809, 537.2, 72.4],
      [0.1137, 623.9, 135.3],
      [0.0642, 1018.1, 206],
    ],
  ],
  [
    "work",
    "weekend",
    [
      [0.4321, 884.7, 163],
      [0.2459, 1207, 239.1],
      [0.1945, 678.1, 141.2],
      [0.1275, 497.9, 163.2],
    ],
  ],
  [
    "public_l2",
    "weekday",
    [
      [0.4116, 539.3, 109.7],
      [0.2598, 1080.5, 220.9],
      [0.2211, 743.5, 267.6],
      [0.1075, 787.7, 73.8],
    ],
  ],
  [
    "public_l2",
    "weekend",
    [
      [0.3932, 853.3, 193.2],
      [0.2877, 602.9, 148.8],
      [0.1856, 1105.1, 152.9],
      [0.1335, 1392.2, 254.4],
    ],
  ],
  [
    "fast",
    "weekday",
    [
      [0.4899, 658.7, 220.7],
      [0.3021, 976.1, 178.9],
      [0.208, 1126.8, 169.2],
    ],
  ],
  [
    "fast",
    "weekend",
    [
      [0.5844, 997.1, 232.2],
      [0.4017, 715.5, 171.2],
      [0.0139, 75.2, 47.7],
    ],
  ],
];
