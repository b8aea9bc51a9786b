import type { ColumnDeclaration } from "#lib/tables/column";

interface RoleDeclaration {
  role: string;
  label: string;
  description: string;
  /** Header in ChargePoint's export; null where it has none. */
  chargePoint: string | null;
  /** Stored as; `seconds` and `energy` are converted to s and kWh. */
  as: "text" | "number" | "seconds" | "energy" | "time";
  column: ColumnDeclaration | null;
}

const text = (name: string): ColumnDeclaration => ({ name, type: "text" });
const number = (name: string, unit: string): ColumnDeclaration => ({ name, type: "double", unit });

type Row = readonly [string, string, string, string | null, RoleDeclaration["as"], ColumnDeclaration | null];

const ROWS: readonly Row[] = [
  ["session", "Session id", "Names the session; intervals refer to it.", "Session ID", "text", text("session_id")],
  ["station", "Station id", "The station, or EVSE.", "Station ID", "text", text("station_id")],
  ["port", "Port id", "The port, or connector.", "Port ID", "text", text("port_id")],
  ["connector", "Connector", "Kind of plug.", "Connector Type", "text", text("connector")],
  ["place", "Place", "Kind of place: workplace, residential, retail.", "POI Category", "text", text("poi_category")],
  ["place_detail", "Place, finer", "", "POI Subcategory", "text", text("poi_subcategory")],
  ["start", "Plugged in", "Date and time.", "Station Start Time (Local)", "time", null],
  ["end", "Plugged out", "Date and time.", "Station End Time (Local)", "time", null],
  ["zone", "Zone label", "PDT, PST and the like, per row.", "Session Time Zone", "text", text("time_zone_label")],
  [
    "duration",
    "Plugged for",
    "Seconds, or the unit given.",
    "Session Time (secs)",
    "seconds",
    number("session_s", "s"),
  ],
  ["charging", "Charged for", "", "Charging Time (secs)", "seconds", number("charging_s", "s")],
  ["parking", "Not charging for", "Taken off the charging time where that counts it.", null, "seconds", null],
  ["soc_start", "State of charge before", "As written.", "Start SoC", "text", text("start_soc")],
  ["soc_end", "State of charge after", "As written.", "End SoC", "text", text("end_soc")],
  ["full", "Full charge", "As written.", "Full Charge", "text", text("full_charge")],
  ["energy", "Energy", "kWh, or the unit given.", "Energy (kWh)", "energy", number("energy_kwh", "kWh")],
  ["driver", "Driver id", "Sessions of one driver; never leaves the dataset.", "Driver ID", "text", text("driver_id")],
  ["driver_zip", "Driver’s ZIP", "", "Driver Zip", "text", text("driver_zip")],
  ["make", "Make", "", "Vehicle Make", "text", text("vehicle_make")],
  ["model", "Model", "", "Vehicle Model", "text", text("vehicle_model")],
  ["battery", "Battery", "kWh.", "Battery Capacity", "energy", number("battery_kwh", "kWh")],
  ["ev_type", "Kind of EV", "Plug-in or hybrid.", "EV Type", "text", text("ev_type")],
  ["fee", "Fee", "In the currency of the row.", "$ Fee", "number", { name: "fee", type: "double" }],
  ["currency", "Currency", "", "Fee Currency", "text", text("fee_currency")],
  ["zip", "ZIP", "Of the station.", "Zip Code", "text", text("zip")],
  ["city", "City", "", "City", "text", text("city")],
  ["county", "County", "", "County", "text", text("county")],
  ["state", "State", "", "State", "text", text("state")],
  ["country", "Country", "", "Country", "text", text("country")],
  ["driver_city", "Driver’s city", "", "Driver City", "text", text("driver_city")],
  ["driver_state", "Driver’s state", "", "Driver State", "text", text("driver_state")],
  ["driver_country", "Driver’s country", "", "Driver Country", "text", text("driver_country")],
  ["power", "Largest power", "kW, of the session or the port.", "Max Power", "number", number("power_kw_max", "kW")],
  ["type", "Session type", "Fleet sessions are kept apart.", "Session Type", "text", text("session_type")],
  ["year", "Model year", "", "Vehicle Model Year", "number", { name: "vehicle_year", type: "int" }],
  ["power_type", "Current", "AC or DC.", null, "text", text("power_type")],
  ["latitude", "Latitude", "Of the station, degrees.", null, "number", number("latitude", "°")],
  ["longitude", "Longitude", "Of the station, degrees.", null, "number", number("longitude", "°")],
];

/** Every role a column of a session file can have, in ChargePoint's order. */
export const SESSION_ROLES: readonly RoleDeclaration[] = ROWS.map(
  ([role, label, description, chargePoint, as, column]) => ({ role, label, description, chargePoint, as, column }),
);

/** Computed from the start: local time of day and calendar, so that nobody has to know the zone again. */
const START_COLUMNS: readonly ColumnDeclaration[] = [
  { name: "started_at", type: "instant" },
  { name: "ended_at", type: "instant" },
  { name: "start_s", type: "int", unit: "s" },
  { name: "start_year", type: "int" },
  { name: "start_month", type: "int" },
  { name: "start_day_of_year", type: "int" },
  /** Monday is 0. */
  { name: "start_weekday", type: "int" },
  { name: "segment", type: "text" },
];

/** Roles that are stored as their own column. */
export const STORED_ROLES = SESSION_ROLES.flatMap(({ role, as, column }) => (column ? [{ role, as, column }] : []));

export const SESSION_COLUMNS: readonly ColumnDeclaration[] = [
  ...STORED_ROLES.map(({ column }) => column),
  ...START_COLUMNS,
];
