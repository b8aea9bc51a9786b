/** Headers (normalised) that name a role, best first. */
const ROLE_NAMES: Record<string, readonly string[]> = {
  timestamp: [
    "timestamp", "time_stamp", "datetime", "date_time", "dttm", "observed_at", "measured_at", "result_time", "phenomenon_time",
    "report_end_date_time", "report_date_time", "utcdate_time", "utc_date_time", "date_utc", "dateutc", "created_at", "recorded_at",
    "reading_time", "sample_time", "zeitstempel", "time_utc", "ts", "time", "date", "datum", "epoch",
  ],
  sensor: [
    "sensor_id", "sensor_code", "sensorid", "sensor", "device_id", "deviceid", "device", "station_id", "stationid", "station_code",
    "station", "site_id", "siteid", "site_code", "site", "hobo_id", "logger_id", "logger", "node_id", "node", "mote_id", "mote",
    "moteid", "fp_id", "mac_address", "mac", "dev_eui", "deveui", "serial_number", "serial", "probe_id", "probe", "location_code",
    "thing_id", "thing", "source_id", "channel_id", "id",
  ],
  property: [
    "observed_property", "property", "parameter", "parameter_name", "variable", "variable_code", "measurand", "quantity",
    "sensor_type", "measurement_type", "phenomenon", "metric", "observation_type", "channel", "type", "messgroesse",
  ],
  value: [
    "value", "val", "reading", "result", "measurement", "measured_value", "data_value", "observation", "raw", "raw_value", "messwert",
    "wert", "corrected", "cor", "y",
  ],
  unit: ["unit", "units", "uom", "unit_code", "unit_of_measurement", "einheit"],
  latitude: ["latitude", "lat", "y_wgs84", "breitengrad", "breite", "gps_lat", "lat_deg", "decimal_latitude", "y"],
  longitude: ["longitude", "lon", "long", "lng", "x_wgs84", "laengengrad", "langengrad", "gps_lon", "gps_long", "lon_deg", "decimal_longitude", "x"],
  elevation: ["elevation", "elev", "elevation_m", "altitude", "alt", "altitude_m", "masl", "m_asl", "height", "height_m", "hoehe", "z"],
  name: ["name", "sensor_name", "station_name", "site_name", "device_name", "title", "label"],
  owner: ["owner", "owner_id", "owner_name", "user_id", "user", "operator", "contact"],
  exposure: ["exposure", "exposition", "siting", "aspect", "placement"],
  reference: ["reference", "is_reference", "reference_station", "ref", "is_ref", "official"],
  ignore: [
    "label", "labels", "flag", "flags", "qual", "quality", "quality_flag", "qc", "qc_flag", "origin", "status", "indoor", "entry_id",
    "row_id", "record", "record_id", "index", "no", "nr", "firmware_ver", "hardware", "uptime", "uptime_minutes", "adc", "mem",
    "missing_ratio", "missing", "count", "n", "battery_ok", "latitude", "longitude", "lat", "lon", "elevation", "altitude", "day",
    "month", "year", "hour", "minute", "week", "doy", "day_of_year",
  ],
};

const RANKS = new Map(
  Object.entries(ROLE_NAMES).map(([role, names]) => [role, new Map(names.map((name, rank) => [name, rank]))]),
);

/** How well a header names a role: 0 is best, Infinity is not at all. */
export function roleRank(role: string, key: string): number {
  return RANKS.get(role)?.get(key) ?? Infinity;
}
