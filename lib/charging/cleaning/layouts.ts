import { nameKey } from "#lib/units/observed-properties";
import { SESSION_ROLES } from "./session-columns.ts";
import { INTERVAL_ROLES } from "./interval-columns.ts";

/** What a header of a known layout is: its role and, where it is not s, kW or kWh, its unit. */
export interface KnownHeader {
  role: string;
  unit?: string;
}

type Layout = ReadonlyMap<string, KnownHeader>;

const layout = (headers: readonly (readonly [string, string, string?])[]): Layout =>
  new Map(headers.map(([header, role, unit]) => [nameKey(header), { role, ...(unit !== undefined && { unit }) }]));

const POSITION_HEADERS = [
  ["latitude", "latitude"],
  ["lat", "latitude"],
  ["station_latitude", "latitude"],
  ["longitude", "longitude"],
  ["lon", "longitude"],
  ["lng", "longitude"],
  ["station_longitude", "longitude"],
] as const;

/** ChargePoint's export of sessions, 34 columns. */
export const CHARGEPOINT_SESSIONS = layout(
  SESSION_ROLES.flatMap(({ role, chargePoint }) => (chargePoint === null ? [] : [[chargePoint, role] as const])),
);

/** The same with the positions that some add to it. */
export const CHARGEPOINT_PLACED_SESSIONS: Layout = new Map([...CHARGEPOINT_SESSIONS, ...layout(POSITION_HEADERS)]);

/** ChargePoint's export of intervals, 7 columns. */
export const CHARGEPOINT_INTERVALS = layout(INTERVAL_ROLES.map(([role, , , header]) => [header, role] as const));

/** Charge detail records of OCPI 2.1.1 to 2.2.1, members joined with points; times in h as the protocol has them. */
export const OCPI_RECORDS = layout([
  ["id", "session"],
  ["start_date_time", "start"],
  ["end_date_time", "end"],
  ["stop_date_time", "end"],
  ["total_energy", "energy"],
  ["total_time", "charging", "h"],
  ["total_parking_time", "parking", "h"],
  ["cdr_token.contract_id", "driver"],
  ["auth_id", "driver"],
  ["cdr_location.id", "station"],
  ["location.id", "station"],
  ["cdr_location.evse_uid", "port"],
  ["cdr_location.connector_standard", "connector"],
  ["cdr_location.connector_power_type", "power_type"],
  ["location.evses.0.uid", "port"],
  ["location.evses.0.connectors.0.standard", "connector"],
  ["location.evses.0.connectors.0.power_type", "power_type"],
  ["location.type", "place"],
  ["cdr_location.postal_code", "zip"],
  ["location.postal_code", "zip"],
  ["cdr_location.city", "city"],
  ["location.city", "city"],
  ["cdr_location.state", "state"],
  ["cdr_location.country", "country"],
  ["location.country", "country"],
  ["cdr_location.coordinates.latitude", "latitude"],
  ["cdr_location.coordinates.longitude", "longitude"],
  ["location.coordinates.latitude", "latitude"],
  ["location.coordinates.longitude", "longitude"],
  ["currency", "currency"],
  ["total_cost", "fee"],
  ["total_cost.excl_vat", "fee"],
]);

/** Headers of other tables that name a role. */
export const USUAL_HEADERS = layout([
  ["session_id", "session"],
  ["transaction_id", "session"],
  ["charge_id", "session"],
  ["station", "station"],
  ["station_id", "station"],
  ["station_name", "station"],
  ["evse_id", "port"],
  ["port_id", "port"],
  ["connector", "connector"],
  ["connector_type", "connector"],
  ["plug_type", "connector"],
  ["start_time", "start"],
  ["start_date", "start"],
  ["session_start", "start"],
  ["plug_in", "start"],
  ["plug_in_time", "start"],
  ["connection_time", "start"],
  ["start", "start"],
  ["started_at", "start"],
  ["created", "start"],
  ["end_time", "end"],
  ["end_date", "end"],
  ["session_end", "end"],
  ["plug_out", "end"],
  ["plug_out_time", "end"],
  ["disconnect_time", "end"],
  ["end", "end"],
  ["ended_at", "end"],
  ["duration", "duration"],
  ["duration_s", "duration"],
  ["duration_min", "duration", "min"],
  ["duration_h", "duration", "h"],
  ["charging_time", "charging"],
  ["charging_time_s", "charging"],
  ["charging_time_min", "charging", "min"],
  ["energy", "energy"],
  ["energy_kwh", "energy"],
  ["kwh", "energy"],
  ["kwh_delivered", "energy"],
  ["energy_wh", "energy", "Wh"],
  ["wh", "energy", "Wh"],
  ["total_kwh", "energy"],
  ["driver", "driver"],
  ["driver_id", "driver"],
  ["user_id", "driver"],
  ["max_power", "power"],
  ["max_power_kw", "power"],
  ["power_kw", "power"],
  ["location_type", "place"],
  ["facility_type", "place"],
  ["poi_category", "place"],
  ["session_type", "type"],
  ["battery_capacity", "battery"],
  ["battery_kwh", "battery"],
  ["zip", "zip"],
  ["zip_code", "zip"],
  ["postal_code", "zip"],
  ["city", "city"],
  ["county", "county"],
  ["state", "state"],
  ["country", "country"],
  ...POSITION_HEADERS,
  ["currency", "currency"],
  ["fee", "fee"],
]);

/** Headers of tables of intervals in other layouts. */
export const USUAL_INTERVAL_HEADERS = layout([
  ["interval_id", "interval"],
  ["session_id", "session"],
  ["start_time", "start"],
  ["started_at", "start"],
  ["interval_start", "start"],
  ["duration_s", "duration"],
  ["interval_duration", "duration"],
  ["peak_kw", "peak"],
  ["average_kw", "average"],
  ["energy_kwh", "energy"],
  ["interval_energy", "energy"],
]);

/** Share of a layout's headers that the file has. */
export function shareOf(known: Layout, columns: readonly string[]): number {
  const keys = new Set(columns.map(nameKey));
  return [...known.keys()].filter((key) => keys.has(key)).length / known.size;
}
