import { SEGMENT_FACTS, SEGMENTS, type Segment } from "../../core/segments.ts";
import type { BatteryClass, DayType, SegmentMixture, SessionModel } from "../../models/schema.ts";
import { TIMER, type ForecastLoadParams } from "../schema.ts";
import { countByGroups, countByShares } from "./count-sessions.ts";
import type { ForecastCell } from "./forecast-day.ts";
import { pickMixture, weightedFor, withoutTimers } from "./pick-mixture.ts";
import { roundToSum } from "./round-shares.ts";
import type { Timer } from "./timers.ts";

interface Planning {
  model: SessionModel;
  params: ForecastLoadParams;
  dayType: DayType;
  evCount: number;
  /** Takes what the person should know. */
  note: (text: string) => void;
}

/** Which sessions a day has: how many of each segment, from which mixture, with which timers. */
export function planCells(planning: Planning): ForecastCell[] {
  const { model, params } = planning;
  if (params.useGroups && model.groups.length > 0) return planGroups(planning);
  if (params.useGroups) planning.note("The model has no driver groups; the shares were used.");
  const counts = countByShares(planning.evCount, params);
  return SEGMENTS.flatMap((segment) => planSegment(segment, counts[segment], planning));
}

function planSegment(segment: Segment, sessions: number, planning: Planning): ForecastCell[] {
  const { params } = planning;
  const { smallBatteryShare: small, bigBatteryShare: big } = params;
  const classes: [BatteryClass, number][] = [
    ["small", small],
    ["big", big],
    ["all", Math.max(0, 1 - small - big)],
  ];
  const split = roundToSum(classes.map(([, share]) => share * sessions));
  return classes.flatMap(([batteryClass], i) => {
    const mixture = find({ segment, batteryClass, sessions: split[i]! }, planning);
    return mixture ? [toCell(mixture.components, { segment, sessions: split[i]!, name: batteryClass }, params)] : [];
  });
}

function planGroups(planning: Planning): ForecastCell[] {
  const { model, params, dayType, evCount } = planning;
  const weights = params.groupWeights;
  if (weights.length > 0 && weights.length !== model.groups.length)
    planning.note(`The model has ${model.groups.length} groups; ${weights.length} weights were given, others count 0.`);
  return countByGroups(evCount, model, { dayType, weights }).flatMap(({ group, segment, sessions }) => {
    const mixture = find({ segment, batteryClass: "all", sessions }, planning);
    if (!mixture) return [];
    const components = weightedFor(mixture, model.groups[group]!);
    return [toCell(components, { segment, sessions, name: `group${group}` }, params)];
  });
}

function find(
  { segment, batteryClass, sessions }: { segment: Segment; batteryClass: BatteryClass; sessions: number },
  { model, dayType, note }: Planning,
): SegmentMixture | null {
  if (sessions === 0) return null;
  const mixture = pickMixture(model, { segment, dayType, batteryClass });
  const { label } = SEGMENT_FACTS[segment];
  if (mixture === null) note(`The model knows no sessions of ${label}; they are left out.`);
  else if (mixture.dayType !== dayType) note(`${label}: the model has no ${dayType}; its ${mixture.dayType} was used.`);
  return mixture;
}

function toCell(
  components: SegmentMixture["components"],
  { segment, sessions, name }: { segment: Segment; sessions: number; name: string },
  params: ForecastLoadParams,
): ForecastCell {
  return {
    key: `${segment}/${name}`,
    segment,
    sessions,
    components: params.withoutTimers ? withoutTimers(components) : components,
    timers: segment === "residential_l2" ? params.timers.map(toTimer) : [],
  };
}

function toTimer(text: string): Timer {
  const [, hour, minute, share] = TIMER.exec(text) ?? [];
  return { startMin: Number(hour) * 60 + Number(minute), share: Number(share) };
}
