import { type ClusterSource, clusterViewport, type ViewportQuery } from "#lib/maps/cluster";
import type { MapItem, MapPoint, MapState, MapTrack } from "#lib/maps/spec";
import { formatNumber } from "#lib/format/numbers";
import { VEHICLE_STATES, vehicleStateOf, type Vehicle, type VehicleState } from "./vehicle.ts";

/** So many vehicles are drawn one by one wherever they are; of more, those close together share a mark. */
const SINGLE_MAX = 300;
/** Vehicles over the limit stay single up to here. */
const OVER_LIMIT_MAX = 200;
/** Positions behind a vehicle over the limit. */
const TRACK_MAX = 30;

export const STATE_OF_MAP: Readonly<Record<VehicleState, MapState>> = {
  "over-limit": "fault",
  coasting: "suspect",
  "within-limit": "good",
  silent: "silent",
};

export const VEHICLE_WORDS: Readonly<Record<VehicleState, string>> = {
  "over-limit": "Over limit",
  coasting: "Coasting",
  "within-limit": "Within limit",
  silent: "Silent",
};

export interface JudgedVehicle {
  vehicle: Vehicle;
  state: VehicleState;
}

export type StateTally = Readonly<Record<VehicleState, number>>;

/** Every vehicle with its state now, the most urgent first, then by name. */
export function judgeVehicles(vehicles: Iterable<Vehicle>, at: { nowMs: number; gapS: number }): JudgedVehicle[] {
  const judged = [...vehicles].map((vehicle) => ({ vehicle, state: vehicleStateOf(vehicle, at) }));
  const rank = ({ state }: JudgedVehicle) => VEHICLE_STATES.indexOf(state);
  return judged.sort((a, b) => rank(a) - rank(b) || (a.vehicle.driver < b.vehicle.driver ? -1 : 1));
}

export function tallyStates(judged: readonly JudgedVehicle[]): StateTally {
  const tally: Record<VehicleState, number> = { "over-limit": 0, coasting: 0, "within-limit": 0, silent: 0 };
  for (const { state } of judged) tally[state] += 1;
  return tally;
}

export function toMapPoint({ vehicle, state }: JudgedVehicle): MapPoint {
  const { driver, latitude: lat, longitude: lon, speedKmh, directionDeg } = vehicle;
  return {
    ...{ kind: "point", id: driver, lat, lon, state: STATE_OF_MAP[state], label: driver },
    stateWord: VEHICLE_WORDS[state],
    detail: `${formatNumber(speedKmh, { decimals: 0 })} km/h`,
    ...(directionDeg === null || state === "silent" ? {} : { headingDeg: directionDeg }),
  };
}

const toSource = ({ id, lat, lon, state, label }: MapPoint): ClusterSource => ({
  ...{ id, lat, lon, state },
  ...(label === undefined ? {} : { label }),
});

/** What the map shows: all vehicles, or clusters where there are too many, with those over the limit apart. */
export function fleetItems(judged: readonly JudgedVehicle[], view: ViewportQuery | null): MapItem[] {
  const points = judged.map(toMapPoint);
  if (points.length <= SINGLE_MAX || view === null) return points.slice(0, view === null ? SINGLE_MAX : undefined);
  const over = points.filter(({ state }) => state === "fault");
  const single = over.length <= OVER_LIMIT_MAX ? over : [];
  const apart = new Set(single);
  const byId = new Map(points.map((point) => [point.id, point]));
  const grouped = clusterViewport(points.filter((point) => !apart.has(point)).map(toSource), view);
  // Grouping knows nothing of headings.
  return [...grouped.map((item) => (item.kind === "point" ? (byId.get(item.id) ?? item) : item)), ...single];
}

/** The way of each vehicle over the limit since it went over, and of the selected one. */
export function fleetTracks(judged: readonly JudgedVehicle[], selected: string | null): MapTrack[] {
  const tracked = judged.filter(({ state, vehicle }) => state === "over-limit" || vehicle.driver === selected);
  return tracked.slice(0, OVER_LIMIT_MAX).map(({ vehicle, state }) => ({
    id: vehicle.driver,
    state: STATE_OF_MAP[state],
    positions: vehicle.history
      .filter(({ isLate }) => !isLate)
      .slice(-TRACK_MAX)
      .map(({ latitude: lat, longitude: lon }) => ({ lat, lon })),
  }));
}
