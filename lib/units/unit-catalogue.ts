/** `canonical = value × scale + offset` leads to the base unit of the dimension (the one with scale 1, offset 0). */
export interface Unit {
  /** UCUM-like code, ASCII. */
  code: string;
  /** As shown to people. */
  label: string;
  dimension: string;
  scale: number;
  offset: number;
  /** Further spellings; compared without case, blanks, `^`, with µ = u and ² = 2. */
  spellings: readonly string[];
}

type Row = readonly [code: string, label: string, scale: number, spellings: string, offset?: number];

function family(dimension: string, rows: readonly Row[]): Unit[] {
  return rows.map(([code, label, scale, spellings, offset = 0]) => ({
    code,
    label,
    dimension,
    scale,
    offset,
    spellings: spellings === "" ? [] : spellings.split("|"),
  }));
}

/** Factors are exact by definition, except inHg and mmHg (conventional mercury at 0 °C, NIST SP 811). */
export const UNITS: readonly Unit[] = [
  ...family("temperature", [
    ["Cel", "°C", 1, "degC|deg C|C|celsius|degree celsius|degrees celsius|℃|grad c|degree_c|deg_c|degrees_c"],
    ["degF", "°F", 5 / 9, "[degF]|F|fahrenheit|deg F|degrees fahrenheit|℉|deg_f|degrees_f", -160 / 9],
    ["K", "K", 1, "kelvin|degK", -273.15],
  ]),
  ...family("fraction", [
    ["%", "%", 1, "percent|pct|prozent|per cent|%rh|rh%|% rh|%vwc|% vwc|vol%|vol.%|vol-%|% vol|perc"],
    ["1", "fraction", 100, "fraction|ratio|unitless"],
    ["m3/m3", "m³/m³", 100, "m3 m-3|cm3/cm3|m3.m-3|l/l|vwc"],
  ]),
  ...family("illuminance", [
    ["lx", "lx", 1, "lux|lumen/m2|lm/m2"],
    ["klx", "klx", 1000, "klux|kilolux"],
  ]),
  ...family("photon_flux", [
    ["umol/m2/s", "µmol/m²/s", 1, "umol m-2 s-1|umol/(m2 s)|umol/m2s|micromol/m2/s"],
    ["mol/m2/d", "mol/m²/d", 1e6 / 86_400, "mol m-2 d-1|mol/m2/day|mol/(m2 d)|mol/m2d"],
  ]),
  ...family("irradiance", [
    ["W/m2", "W/m²", 1, "w m-2|watt/m2|wm2|w/m"],
    ["kW/m2", "kW/m²", 1000, ""],
  ]),
  ...family("conductivity", [
    ["uS/cm", "µS/cm", 1, "us cm-1|microsiemens/cm|usiemens/cm|us_cm|uscm"],
    ["mS/cm", "mS/cm", 1000, "ms cm-1|millisiemens/cm|ms_cm|dS/m|ds m-1"],
    ["S/m", "S/m", 10_000, "siemens/m"],
  ]),
  ...family("pressure", [
    ["hPa", "hPa", 1, "hectopascal|mbar|mb|millibar|millibars"],
    ["Pa", "Pa", 0.01, "pascal"],
    ["kPa", "kPa", 10, "kilopascal"],
    ["bar", "bar", 1000, ""],
    ["inHg", "inHg", 33.8639, "in_Hg|in hg|inches of mercury|[in_i'Hg]|inch_hg"],
    ["mmHg", "mmHg", 1.333224, "mm hg|torr|mm[Hg]"],
  ]),
  ...family("length", [
    ["m", "m", 1, "metre|meter|metres|meters|mtr"],
    ["mm", "mm", 0.001, "millimetre|millimeter|millimetres|millimeters|l/m2"],
    ["cm", "cm", 0.01, "centimetre|centimeter|centimetres|centimeters"],
    ["km", "km", 1000, "kilometre|kilometer|kilometres|kilometers"],
    ["in", "in", 0.0254, "inch|inches|[in_i]"],
    ["ft", "ft", 0.3048, "foot|feet|[ft_i]"],
  ]),
  ...family("precipitation_rate", [
    ["mm/h", "mm/h", 1, "mm/hr|mm hr-1|mm h-1|millimetre per hour"],
    ["in/h", "in/h", 25.4, "in/hr|inches per hour"],
  ]),
  ...family("speed", [
    ["m/s", "m/s", 1, "mps|m s-1|metre per second|meters per second|ms-1|meterpersecond|metrepersecond"],
    ["km/h", "km/h", 1 / 3.6, "kmh|kph|km h-1|kmph|km/hr|kilometreperhour"],
    ["mph", "mph", 0.44704, "mi/h|miles per hour|mileperhour"],
    ["kn", "kn", 1852 / 3600, "kt|kts|knot|knots|[kn_i]"],
  ]),
  ...family("mass_concentration", [
    ["ug/m3", "µg/m³", 1, "ug m-3|microgram/m3|micrograms per cubic meter|ug_m3|ugm3"],
    ["mg/m3", "mg/m³", 1000, "mg m-3|mg_m3"],
    ["mg/L", "mg/L", 1e6, "mg l-1|milligram/l|g/m3|mg_l|mgl"],
    ["ug/L", "µg/L", 1000, "ug l-1|microgram/l"],
  ]),
  ...family("volume_fraction", [
    ["ppm", "ppm", 1, "[ppm]|umol/mol|parts per million"],
    ["ppb", "ppb", 0.001, "[ppb]|nmol/mol|parts per billion"],
  ]),
  ...family("voltage", [
    ["V", "V", 1, "volt|volts"],
    ["mV", "mV", 0.001, "millivolt|millivolts"],
  ]),
  ...family("acidity", [["[pH]", "pH", 1, "pH|ph units|ph unit|std units|standard units"]]),
  ...family("angle", [
    ["deg", "°", 1, "°|degree|degrees|deg true|grad"],
    ["rad", "rad", 180 / Math.PI, "radian|radians"],
  ]),
  ...family("turbidity", [["NTU", "NTU", 1, "FNU|FTU"]]),
  ...family("absorption", [["/m", "1/m", 1, "1/m|m-1|m^-1"]]),
  ...family("sound_level", [["dB", "dB", 1, "dBA|dB(A)|decibel"]]),
  ...family("signal_power", [["dBm", "dBm", 1, ""]]),
  ...family("flow", [
    ["m3/s", "m³/s", 1, "cms|m3 s-1|cumec"],
    ["L/s", "L/s", 0.001, "l s-1"],
    ["ft3/s", "ft³/s", 0.028316846592, "cfs"],
  ]),
];
