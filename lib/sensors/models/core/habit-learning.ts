import { median } from "#lib/math/quantile";
import type { BlockSeries } from "../../blocks/split-blocks.ts";
import { detectFaults } from "../../detector/detect-faults.ts";
import type { SensorHabits } from "../../detector/network/habits.ts";
import { layGrid } from "../../faults/core/lay-grid.ts";
import type { FaultModel } from "../schema.ts";

interface Learned {
  observedProperty: string;
  habits: SensorHabits | null;
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;

/** Gathers what each datastream of a network usually shows, neighbourhood after neighbourhood. */
export class HabitLearning {
  readonly #learned = new Map<string, Learned>();
  #fromMs = Infinity;
  #toMs = -Infinity;

  add(series: readonly BlockSeries[], stepMs: number): void {
    const input = layGrid(series, stepMs);
    if (input.timestamps.length === 0) return;
    detectFaults(input).forEach(({ habits, mode }, i) => {
      const { datastreamId, observedProperty, times } = series[i]!;
      if (mode === "single" || times.length === 0) return;
      this.#learned.set(datastreamId, { observedProperty, habits: habits ?? null });
      this.#fromMs = Math.min(this.#fromMs, times[0]!);
      this.#toMs = Math.max(this.#toMs, times.at(-1)!);
    });
  }

  finish(): Pick<FaultModel, "habits" | "networks" | "learnedFrom"> {
    const known = [...this.#learned].flatMap(([id, { habits }]) => (habits ? [[id, compact(habits)] as const] : []));
    const byProperty = Map.groupBy(this.#learned.values(), ({ observedProperty }) => observedProperty);
    const networks = [...byProperty].map(([observedProperty, all]) => {
      const usual = all.flatMap(({ habits }) => (habits ? [habits] : []));
      const middle = (read: (habits: SensorHabits) => number) =>
        usual.length > 0 ? rounded(median(usual.map(read))) : 0;
      return {
        observedProperty,
        datastreams: all.length,
        learned: usual.length,
        sigmaByHour: Array.from({ length: 24 }, (_, hour) => middle(({ sigmaByHour }) => sigmaByHour[hour]!)),
        levelSd: middle(({ levelSd }) => levelSd),
      };
    });
    const learnedFrom = this.#learned.size === 0 ? null : { fromMs: this.#fromMs, toMs: this.#toMs };
    return { habits: Object.fromEntries(known), networks, learnedFrom };
  }
}

function compact({ level, levelSd, sigmaByHour }: SensorHabits): SensorHabits {
  return { level: rounded(level), levelSd: rounded(levelSd), sigmaByHour: sigmaByHour.map(rounded) };
}
