import type { Random } from "#lib/math/random";
import { SEGMENT_FACTS, type Segment } from "../../core/segments.ts";
import { BATTERY_CLASSES, type BatteryClass, type DayType, type SegmentMixture, type SessionModel } from "../schema.ts";
import { chooseMixture } from "./choose-mixture.ts";
import { type SessionCell, type SessionCollection } from "./collect-sessions.ts";
import { groupDrivers } from "./driver-groups.ts";
import { startShares } from "./expected-shape.ts";
import { PackedMixture, type MixtureComponent, type SessionPoints } from "./mixture.ts";

export interface TrainSettings {
  name: string;
  componentsMax: number;
  sessionsMin: number;
  /** Least sessions and drivers behind any number of the model. */
  groupSizeMin: number;
  withPlugDuration: boolean;
  byBattery: boolean;
  smallBatteryKwhMax: number;
  groupsMax: number;
  driverSessionsMin: number;
}

export interface TrainTools {
  rng: Random;
  onProgress: (fraction: number, step?: string) => void;
  throwIfAborted: () => void;
}

type Fit = SessionModel["card"]["fits"][number];

const DAY_MS = 86_400_000;
/** Starts that lie closer together than people are: a clock set them. */
const TIMER_SPREAD_MIN = 25;
/** Longer than most stays; a car left for weeks says nothing about charging. */
const PLUGGED_H_MAX = 72;

/** Fits one mixture per segment, kind of day and battery class, and the groups of drivers. */
export function trainSessionModel(
  collection: SessionCollection,
  settings: TrainSettings,
  { rng, onProgress, throwIfAborted }: TrainTools,
): Omit<SessionModel, "source"> {
  const mixtures: SegmentMixture[] = [];
  const fits: Fit[] = [];
  const notes: string[] = [];
  const classes = settings.byBattery ? BATTERY_CLASSES : (["all"] as const);
  const jobs = collection.cells.flatMap((cell) => classes.map((batteryClass) => ({ cell, batteryClass })));
  for (const [i, { cell, batteryClass }] of jobs.entries()) {
    throwIfAborted();
    onProgress(i / jobs.length, `Fit ${SEGMENT_FACTS[cell.segment].label}, ${cell.dayType}`);
    const sessions = selectSessions(cell, batteryClass, settings);
    const refusal = refusalOf(sessions, settings);
    if (refusal !== null) {
      if (sessions.points.count > 0) notes.push(`${nameOf(cell, batteryClass)}: left out, ${refusal}.`);
      continue;
    }
    const fitted = fitCell(sessions, { cell, batteryClass, settings, rng: rng.fork(nameOf(cell, batteryClass)) });
    mixtures.push(fitted.mixture);
    fits.push(fitted.fit);
  }
  const { firstAtMs, lastAtMs, sessionCount, drivers } = collection;
  const hasDates = firstAtMs <= lastAtMs;
  const groups =
    settings.groupsMax === 0
      ? []
      : groupDrivers(collection, mixtures, {
          groupsMax: settings.groupsMax,
          sizeMin: settings.groupSizeMin,
          driverSessionsMin: settings.driverSessionsMin,
          daysOf: countDays(firstAtMs, lastAtMs),
          rng,
        });
  return {
    name: settings.name,
    dimensions: settings.withPlugDuration ? 3 : 2,
    mixtures,
    groups,
    card: {
      sessionCount,
      driverCount: drivers.length,
      firstAtMs: hasDates ? firstAtMs : null,
      lastAtMs: hasDates ? lastAtMs : null,
      groupSizeMin: settings.groupSizeMin,
      datasets: [],
      notes,
      fits,
    },
  };
}

const nameOf = ({ segment, dayType }: { segment: Segment; dayType: DayType }, batteryClass: BatteryClass) =>
  `${SEGMENT_FACTS[segment].label}, ${dayType}, ${batteryClass} batteries`;

interface Selected {
  points: SessionPoints;
  drivers: Float64Array;
}

function selectSessions(cell: SessionCell, batteryClass: BatteryClass, settings: TrainSettings): Selected {
  const [battery, plugged] = [cell.column(3), cell.column(2)];
  const rows: number[] = [];
  for (let n = 0; n < cell.kept; n++) {
    const isSmall = battery[n]! <= settings.smallBatteryKwhMax;
    const isOfClass =
      batteryClass === "all" ||
      (isSmall ? batteryClass === "small" : !Number.isNaN(battery[n]!) && batteryClass === "big");
    const isUsable = !settings.withPlugDuration || (plugged[n]! > 0 && plugged[n]! <= PLUGGED_H_MAX);
    if (isOfClass && isUsable) rows.push(n);
  }
  const pick = (index: number) => {
    const column = cell.column(index);
    return Float64Array.from(rows, (n) => column[n]!);
  };
  const columns = settings.withPlugDuration ? [pick(0), pick(1), pick(2)] : [pick(0), pick(1)];
  return { points: { count: rows.length, columns }, drivers: pick(4) };
}

/** Why a model of these sessions would tell of single people, or of nothing. */
function refusalOf({ points, drivers }: Selected, { sessionsMin, groupSizeMin }: TrainSettings): string | null {
  if (points.count < Math.max(2, sessionsMin)) return `${points.count} sessions are fewer than ${sessionsMin}`;
  const known = countDrivers(drivers);
  return known > 0 && known < groupSizeMin ? `${known} drivers are fewer than ${groupSizeMin}` : null;
}

function countDrivers(drivers: Float64Array): number {
  const known = new Set<number>();
  for (const driver of drivers) if (driver >= 0) known.add(driver);
  return known.size;
}

interface Fitting {
  cell: SessionCell;
  batteryClass: BatteryClass;
  settings: TrainSettings;
  rng: Random;
}

function fitCell(
  selected: Selected,
  { cell, batteryClass, settings, rng }: Fitting,
): { mixture: SegmentMixture; fit: Fit } {
  const { points } = selected;
  const { componentsMax, groupSizeMin } = settings;
  const chosen = chooseMixture(points, { componentsMax, pointsPerComponentMin: groupSizeMin, rng });
  const components = withEnoughDrivers(chosen.components, selected, groupSizeMin);
  const { segment, dayType } = cell;
  const isHome = segment.startsWith("residential");
  const rounded = components.map(({ weight, mean, covariance }) => ({
    weight: significant(weight),
    mean: mean.map(significant),
    covariance: covariance.map((row) => row.map(significant)),
    isTimer: isHome && Math.sqrt(covariance[0]![0]!) < TIMER_SPREAD_MIN,
  }));
  const energies = points.columns[1]!;
  return {
    mixture: { segment, dayType, batteryClass, sessionCount: points.count, components: rounded },
    fit: {
      segment,
      dayType,
      batteryClass,
      sessionCount: points.count,
      components: components.length,
      bic: Math.min(...chosen.bicBySize.map(({ bic }) => bic)),
      energyKwhMean: energies.reduce((sum, energy) => sum + energy, 0) / points.count,
      startDistance: startDistanceOf(points, components),
    },
  };
}

/** Six digits: no more of a session can be read from a mean. */
const significant = (value: number) => Number(value.toPrecision(6));

/** Leaves out components that stand for too few drivers; without driver ids sessions are all there is to count. */
function withEnoughDrivers(
  components: readonly MixtureComponent[],
  { points, drivers }: Selected,
  least: number,
): MixtureComponent[] {
  if (countDrivers(drivers) === 0) return [...components];
  const packed = new PackedMixture(components);
  const shares = new Float64Array(packed.size);
  const behind = components.map(() => new Set<number>());
  const [xs, ys, zs] = points.columns;
  for (let n = 0; n < points.count; n++) {
    packed.share(xs![n]!, ys![n]!, zs?.[n] ?? 0, shares);
    for (let k = 0; k < packed.size; k++) if (shares[k]! > 0.5 && drivers[n]! >= 0) behind[k]!.add(drivers[n]!);
  }
  // A broad component that is nowhere the likeliest still stands for many; only narrow ones tell of few.
  const kept = components.filter((_, k) => behind[k]!.size === 0 || behind[k]!.size >= least);
  const some = kept.length > 0 ? kept : components;
  const sum = some.reduce((total, { weight }) => total + weight, 0);
  return some.map((component) => ({ ...component, weight: component.weight / sum }));
}

/** Largest difference of the two distributions of the start over the day, counted from midnight. */
function startDistanceOf({ columns, count }: SessionPoints, components: readonly MixtureComponent[]): number {
  const model = startShares(components);
  const data = new Float64Array(model.length);
  for (const start of columns[0]!)
    data[Math.min(data.length - 1, Math.floor((start / 1440) * data.length))]! += 1 / count;
  let [difference, largest] = [0, 0];
  for (const [step, share] of model.entries()) {
    difference += data[step]! - share;
    largest = Math.max(largest, Math.abs(difference));
  }
  return largest;
}

function countDays(firstAtMs: number, lastAtMs: number): Record<DayType, number> {
  const days: Record<DayType, number> = { weekday: 0, weekend: 0 };
  // 1970-01-01 was a Thursday; Monday is 0.
  for (let day = Math.floor(firstAtMs / DAY_MS); day <= Math.floor(lastAtMs / DAY_MS); day++)
    days[(((day + 3) % 7) + 7) % 7 >= 5 ? "weekend" : "weekday"]++;
  return days;
}
