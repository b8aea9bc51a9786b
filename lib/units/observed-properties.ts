/** A quantity that sensors measure. All ranges are in `canonicalUnit`. */
export interface ObservedProperty {
  id: string;
  label: string;
  canonicalUnit: string;
  /** Where field values normally lie; outside it a value is odd (range check), and sentinel numbers are error codes. */
  plausible: readonly [min: number, max: number];
  /** Outside it no such value exists or can be measured in the field: it is not stored. */
  physical: readonly [min: number, max: number];
  /** Minutes between two readings, as such sensors usually report. */
  typicalStepMin: number;
  /** Header names, normalised (lower case, `_` between words). */
  aliases: readonly string[];
}

type Range = readonly [number, number];
type Row = readonly [
  id: string,
  label: string,
  unit: string,
  plausible: Range,
  physical: Range,
  stepMin: number,
  aliases: string,
];

const ROWS: readonly Row[] = [
  [
    "air_temperature",
    "Air temperature",
    "Cel",
    [-50, 55],
    [-100, 100],
    10,
    "temp|temperature|t|ta|tair|t_air|air_temp|temp_air|airtemp|temperature_air|dry_bulb_temperature|dry_bulb|drybulb|tmp|current_temp|outdoor_temp|outside_temperature|temperatur|lufttemperatur|t2m|2m_temperature|ambient_temperature|dht_temp|bme280_temp",
  ],
  [
    "water_temperature",
    "Water temperature",
    "Cel",
    [-2, 40],
    [-10, 100],
    15,
    "water_temp|wtemp|temp_water|tw|t_water|wassertemperatur|river_temperature|stream_temperature",
  ],
  [
    "soil_temperature",
    "Soil temperature",
    "Cel",
    [-25, 50],
    [-60, 100],
    15,
    "soil_temp|temp_soil|tsoil|t_soil|bodentemperatur|ground_temperature",
  ],
  [
    "dew_point",
    "Dew point",
    "Cel",
    [-50, 35],
    [-100, 60],
    10,
    "dewpoint|dew_point_temperature|current_dewpoint|td|dewpoint_temperature|taupunkt",
  ],
  [
    "relative_humidity",
    "Relative humidity",
    "%",
    [0, 100],
    [-2, 110],
    10,
    "humidity|rh|rel_humidity|relhum|hum|relative_hum|current_humidity|luftfeuchte|luftfeuchtigkeit|feuchte|humi",
  ],
  [
    "air_pressure",
    "Air pressure",
    "hPa",
    [850, 1085],
    [300, 1150],
    10,
    "pressure|baro|barometer|barometric_pressure|atmospheric_pressure|atm_pressure|press|pressure_at_station|station_pressure|luftdruck|p_air",
  ],
  [
    "sea_level_pressure",
    "Pressure at sea level",
    "hPa",
    [870, 1085],
    [800, 1150],
    10,
    "mean_sea_level_pressure|mslp|slp|pressure_at_sea_level|pressure_msl",
  ],
  [
    "rainfall",
    "Rainfall",
    "mm",
    [0, 100],
    [0, 2000],
    10,
    "rain|rainfall_amount|precipitation|precip|rain_amount|niederschlag|rain_mm|prcp",
  ],
  ["rainfall_rate", "Rainfall rate", "mm/h", [0, 300], [0, 3000], 10, "rain_rate|precipitation_rate|rain_intensity"],
  [
    "wind_speed",
    "Wind speed",
    "m/s",
    [0, 60],
    [0, 130],
    10,
    "wind|windspeed|wspd|ws|wind_velocity|windgeschwindigkeit",
  ],
  [
    "wind_gust",
    "Wind gust",
    "m/s",
    [0, 80],
    [0, 150],
    10,
    "gust|windgust|wind_gust_speed|gust_speed|max_wind_speed|boe",
  ],
  [
    "wind_direction",
    "Wind direction",
    "deg",
    [0, 360],
    [0, 360],
    10,
    "winddir|wind_dir|wd|wdir|windrichtung|wind_direction_degrees",
  ],
  [
    "solar_irradiance",
    "Solar irradiance",
    "W/m2",
    [-10, 1400],
    [-50, 2000],
    10,
    "solar|solar_radiation|global_radiation|radiation|irradiance|ghi|srad|globalstrahlung|shortwave_radiation",
  ],
  [
    "illuminance",
    "Light",
    "lx",
    [0, 150_000],
    [-10, 400_000],
    10,
    "lux|light|illumination|light_intensity|brightness|luminosity|light_lux|intensity|helligkeit",
  ],
  [
    "photon_flux_density",
    "Photosynthetic light",
    "umol/m2/s",
    [0, 2500],
    [-10, 5000],
    15,
    "par|ppfd|photosynthetically_active_radiation|photosynthetic_photon_flux_density|quantum",
  ],
  ["daily_light_integral", "Daily light", "mol/m2/d", [0, 70], [0, 200], 15, "dli|daily_light"],
  [
    "soil_moisture",
    "Soil moisture",
    "%",
    [0, 65],
    [-5, 105],
    15,
    "vwc|volumetric_water_content|soil_water_content|soilmoisture|soil_moist|swc|bodenfeuchte|calibrated_soil_moisture|soil_humidity|soil_vwc|moisture|soilmes",
  ],
  [
    "soil_conductivity",
    "Soil conductivity",
    "uS/cm",
    [0, 20_000],
    [0, 200_000],
    15,
    "soil_ec|fertilizer_level|fertiliser_level|bulk_ec|soil_electrical_conductivity",
  ],
  [
    "specific_conductance",
    "Specific conductance",
    "uS/cm",
    [0, 60_000],
    [-10, 300_000],
    15,
    "cond|conductivity|ec|spcond|sp_cond|electrical_conductivity|specific_conductivity|leitfaehigkeit|conductance",
  ],
  ["ph", "pH", "[pH]", [3, 11], [0, 14], 15, "ph_value|acidity|ph_wert"],
  [
    "dissolved_oxygen",
    "Dissolved oxygen",
    "mg/L",
    [0, 20],
    [-1, 60],
    15,
    "do|odo|dissolved_o2|oxygen|do_mgl|sauerstoff|dissolved_oxygen_concentration",
  ],
  [
    "oxygen_saturation",
    "Oxygen saturation",
    "%",
    [0, 200],
    [-5, 500],
    15,
    "do_sat|do_saturation|odo_sat|oxygen_sat|dissolved_oxygen_saturation",
  ],
  ["turbidity", "Turbidity", "NTU", [0, 2000], [-10, 20_000], 15, "turb|truebung"],
  [
    "water_level",
    "Water level",
    "cm",
    [-100, 1500],
    [-10_000, 20_000],
    15,
    "level|stage|waterlevel|gauge_height|gage_height|wasserstand|pegel|depth|water_depth",
  ],
  ["discharge", "Discharge", "m3/s", [0, 20_000], [-1000, 400_000], 15, "flow|streamflow|abfluss|q"],
  [
    "spectral_absorption_254",
    "Absorption at 254 nm",
    "/m",
    [0, 150],
    [-10, 1000],
    15,
    "sac254|sac_254|sac|uv254|sak254",
  ],
  ["pm1", "PM1", "ug/m3", [0, 1000], [-10, 20_000], 2, "pm1_0|pm_1|pm1_0_atm|pm1_0_cf_1|pm1_0_cf1|pm01|mc_1p0"],
  [
    "pm2_5",
    "PM2.5",
    "ug/m3",
    [0, 1000],
    [-10, 20_000],
    2,
    "pm25|pm_2_5|pm2p5|pm2_5_atm|pm2_5_cf_1|pm2_5_cf1|mc_2p5|p2|sds_p2|feinstaub_pm2_5",
  ],
  [
    "pm10",
    "PM10",
    "ug/m3",
    [0, 1500],
    [-10, 50_000],
    2,
    "pm_10|pm10_0|pm10_0_atm|pm10_0_cf_1|pm10_0_cf1|pm10_atm|pm10_cf1|p1|sds_p1|feinstaub_pm10",
  ],
  ["co2", "Carbon dioxide", "ppm", [300, 5000], [0, 100_000], 5, "carbon_dioxide|eco2|co2_ppm"],
  ["no2", "Nitrogen dioxide", "ug/m3", [0, 500], [-100, 10_000], 10, "nitrogen_dioxide|stickstoffdioxid"],
  ["ozone", "Ozone", "ug/m3", [0, 500], [-100, 10_000], 10, "o3|ozon"],
  [
    "sound_level",
    "Sound level",
    "dB",
    [20, 130],
    [0, 200],
    1,
    "noise|sound|laeq|spl|noise_level|sound_pressure_level|lautstaerke",
  ],
  [
    "battery_voltage",
    "Battery voltage",
    "V",
    [0, 30],
    [-1, 1000],
    60,
    "battery_v|batt_v|vbat|bat|battery_volts|supply_voltage|voltage|battvolt|batt_volt",
  ],
  [
    "battery_level",
    "Battery level",
    "%",
    [0, 100],
    [-1, 110],
    60,
    "battery|batt|battery_percent|batt_level|battery_pct",
  ],
  ["water_tank_level", "Water tank level", "%", [0, 100], [-1, 110], 60, "tank_level"],
  ["signal_strength", "Signal strength", "dBm", [-130, 0], [-200, 50], 10, "rssi|signal|wifi_signal"],
];

export const OBSERVED_PROPERTIES: readonly ObservedProperty[] = ROWS.map(
  ([id, label, canonicalUnit, plausible, physical, typicalStepMin, aliases]) => ({
    id,
    label,
    canonicalUnit,
    plausible,
    physical,
    typicalStepMin,
    aliases: aliases.split("|"),
  }),
);

const BY_ID = new Map(OBSERVED_PROPERTIES.map((property) => [property.id, property]));
const BY_ALIAS = new Map<string, ObservedProperty>();
for (const property of OBSERVED_PROPERTIES) {
  for (const alias of [property.id, ...property.aliases]) {
    if (!BY_ALIAS.has(alias)) BY_ALIAS.set(alias, property);
  }
}

export function findObservedProperty(id: string): ObservedProperty | null {
  return BY_ID.get(id) ?? null;
}

/** `DryBulbTemperature` → `dry_bulb_temperature`; the form in which header names are compared. */
export function nameKey(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll("ß", "ss")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
}

const NOISE_WORDS =
  /_(raw|avg|average|mean|value|val|reading|measurement|sensor|clean|cleaned|cor|corrected|qc|amount|inst|instantaneous)$/;

/** The property a name means: its id, an alias, or one of those with `_raw`, `_avg` and the like behind it. */
export function propertyOfName(name: string): ObservedProperty | null {
  for (let key = nameKey(name); key !== ""; key = key.replace(NOISE_WORDS, "")) {
    const property = BY_ALIAS.get(key) ?? BY_ALIAS.get(key.replaceAll("_", ""));
    if (property !== undefined) return property;
    if (!NOISE_WORDS.test(key)) return null;
  }
  return null;
}
