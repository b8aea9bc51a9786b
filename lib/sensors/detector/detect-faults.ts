import { detectLight } from "./network/detect-light.ts";
import { detectTemperature } from "./network/detect-temperature.ts";
import type { SensorHabits } from "./network/habits.ts";
import { layHours } from "./network/hour-grid.ts";
import { detectSingle } from "./single/detect-single.ts";
import { GENERAL_PROFILE, SOIL_PROFILE, type SingleProfile } from "./single/profiles.ts";
import type { DetectorResult } from "./types.ts";

/** One measured quantity of one device. */
export interface DetectorChannel {
  id: string;
  /** Channels of one device fail together more often than others. */
  deviceId: string;
  /** Id of the observed property, as in `lib/units/observed-properties`; values in its canonical unit. */
  property: string;
  /** NaN = missing. */
  values: Float64Array;
  /** What an earlier training learned of this channel. */
  habits?: SensorHabits | undefined;
}

export interface DetectorInput {
  /** Epoch ms, ascending, shared by all channels. */
  timestamps: Float64Array;
  channels: readonly DetectorChannel[];
}

/** With fewer sensors no majority says what is usual. */
const NETWORK_MIN = 5;
/** Three days: a shorter record shows no daily course. */
const HOURS_MIN = 72;

const AIR_TEMPERATURE = "air_temperature";
const ILLUMINANCE = "illuminance";

/**
 * Judges every channel by the best that can be said about it: air temperature and light against the network when at
 * least five sensors measure them at least hourly for three days, everything else by its own history. Results stand
 * in the order of the channels and say which mode they used.
 */
export function detectFaults({ timestamps, channels }: DetectorInput): DetectorResult[] {
  const results = new Map<DetectorChannel, DetectorResult>();
  if (isFitForNetwork(timestamps)) {
    const measuring = channels.filter(({ values }) => values.some((value) => value === value));
    const air = measuring.filter(({ property }) => property === AIR_TEMPERATURE);
    const light = measuring.filter(({ property }) => property === ILLUMINANCE);
    if (air.length >= NETWORK_MIN) {
      const luxOf = new Map(light.map(({ deviceId, values }) => [deviceId, values]));
      const sensors = air.map(({ deviceId, values, habits }) => {
        const lux = luxOf.get(deviceId);
        return { values, habits, ...(lux ? { lux } : {}) };
      });
      detectTemperature(timestamps, sensors).forEach((result, i) => results.set(air[i]!, result));
    }
    if (light.length >= NETWORK_MIN) {
      const values = light.map((channel) => channel.values);
      const habits = light.map((channel) => channel.habits);
      detectLight(timestamps, values, habits).forEach((result, i) => results.set(light[i]!, result));
    }
  }
  const alone = channels.filter((channel) => !results.has(channel));
  for (const siblings of Map.groupBy(
    alone,
    ({ deviceId, property }) => `${profileOf(property).name} ${deviceId}`,
  ).values()) {
    const series = siblings.map(({ values }) => ({ timestamps, values }));
    detectSingle(series, profileOf(siblings[0]!.property)).forEach((result, i) => results.set(siblings[i]!, result));
  }
  return channels.map((channel) => results.get(channel)!);
}

function isFitForNetwork(timestamps: Float64Array): boolean {
  const { hourCount, rowOfHour } = layHours(timestamps);
  let filled = 0;
  for (let hour = 0; hour < hourCount; hour++) if (rowOfHour[hour + 1]! > rowOfHour[hour]!) filled++;
  return filled >= HOURS_MIN && filled > 0.5 * hourCount;
}

function profileOf(property: string): SingleProfile {
  return property === "soil_moisture" ? SOIL_PROFILE : GENERAL_PROFILE;
}
