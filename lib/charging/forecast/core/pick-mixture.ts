import type { Segment } from "../../core/segments.ts";
import type { MixtureComponent } from "../../models/core/mixture.ts";
import type { BatteryClass, DayType, DriverGroup, SegmentMixture, SessionModel } from "../../models/schema.ts";

export interface WantedMixture {
  segment: Segment;
  dayType: DayType;
  batteryClass: BatteryClass;
}

/** The mixture of a model for a cell, or the nearest it has: all batteries, then the other kind of day. */
export function pickMixture(model: SessionModel, wanted: WantedMixture): SegmentMixture | null {
  const of = (batteryClass: BatteryClass, isSameDay: boolean) =>
    model.mixtures.find(
      (mixture) =>
        mixture.segment === wanted.segment &&
        mixture.batteryClass === batteryClass &&
        (mixture.dayType === wanted.dayType) === isSameDay,
    );
  return of(wanted.batteryClass, true) ?? of("all", true) ?? of(wanted.batteryClass, false) ?? of("all", false) ?? null;
}

/** Components without timers: their weight goes to the others. A mixture of nothing else stays as it is. */
export function withoutTimers(components: SegmentMixture["components"]): MixtureComponent[] {
  const kept = components.filter(({ isTimer }) => !isTimer);
  const sum = kept.reduce((total, { weight }) => total + weight, 0);
  if (sum <= 0) return components;
  return kept.map((component) => ({ ...component, weight: component.weight / sum }));
}

/** The components with a driver group's own weights. */
export function weightedFor(mixture: SegmentMixture, group: DriverGroup): SegmentMixture["components"] {
  const use = group.uses.find(({ segment, dayType }) => segment === mixture.segment && dayType === mixture.dayType);
  if (!use || use.weights.length !== mixture.components.length) return mixture.components;
  return mixture.components.map((component, k) => ({ ...component, weight: use.weights[k]! }));
}
