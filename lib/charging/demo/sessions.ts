import { createRandom, type Random } from "#lib/math/random";
import { SESSION_ROLES } from "../cleaning/session-columns.ts";
import { DEMO_PLACES, type DemoPlace } from "./places.ts";

/** ChargePoint's export, which the portal reads without a question, and the positions beside it. */
const ROLES = SESSION_ROLES.flatMap(({ role, chargePoint }) =>
  chargePoint === null ? [] : [{ role, header: chargePoint }],
);
const HEADER = [...ROLES.map(({ header }) => header), "Latitude", "Longitude"].map((cell) => `"${cell}"`).join(",");
const CHUNK_ROWS = 500;
const DAYS = 365;
/** Under 1, later days of the year come more often. */
const LATER_EXPONENT = 0.75;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_DAY_MS = Date.UTC(2019, 0, 1);
/** Degrees around a seat in which its stations stand. */
const SPREAD_DEG = 0.045;
/** In thousands. */
const PEOPLE_PER_STATION = 32;
const DRIVERS_PER_STATION = 4;

interface Use {
  place: string;
  connector: string;
  powerKw: number;
  /** Local hour of the usual start, and how far starts spread around it. */
  startH: number;
  spreadH: number;
  energyKwh: number;
  share: number;
}

/** Where people charge, in shares of sessions; the rest is the last. */
const USES: readonly Use[] = [
  { place: "Workplace", connector: "J1772", powerKw: 6.6, startH: 8.6, spreadH: 1.4, energyKwh: 12, share: 0.46 },
  { place: "Single Family", connector: "J1772", powerKw: 6.6, startH: 18.8, spreadH: 2.2, energyKwh: 13, share: 0.2 },
  { place: "Multifamily", connector: "J1772", powerKw: 6.6, startH: 19.5, spreadH: 2.5, energyKwh: 11, share: 0.08 },
  { place: "Retail", connector: "J1772", powerKw: 6.6, startH: 13.5, spreadH: 3, energyKwh: 7, share: 0.14 },
  { place: "Retail", connector: "CCS", powerKw: 50, startH: 14.5, spreadH: 4, energyKwh: 19, share: 0.12 },
];

interface Station {
  id: string;
  place: DemoPlace;
  lat: number;
  lon: number;
  use: Use;
}

/**
 * Made-up charging sessions of a year in California's counties as CSV, the same for the same seed: about as many per county
 * as people live there, fewer on weekends, more towards the end of the year. Nothing in it was measured.
 */
export function* demoSessionsCsv(seed: string, count: number): Generator<string> {
  const random = createRandom(seed);
  const stations = makeStations(random.fork("stations"));
  const draw = random.fork("sessions");
  yield `${HEADER}\n`;
  for (let first = 0; first < count; first += CHUNK_ROWS) {
    const size = Math.min(CHUNK_ROWS, count - first);
    yield Array.from({ length: size }, (_, i) => sessionLine(first + i, stations, draw)).join("");
  }
}

/** At least one per county, so that each is on the map; popular ones stand in the list as often as they are used. */
function makeStations(random: Random): Station[] {
  return DEMO_PLACES.flatMap((place, placeIndex) => {
    const stationCount = Math.max(1, Math.round(place.weight / PEOPLE_PER_STATION));
    return Array.from({ length: stationCount }, (_, i): Station => {
      const lat = place.lat + random.normal(0, SPREAD_DEG);
      const lon = place.lon + random.normal(0, SPREAD_DEG);
      return { id: `${String(placeIndex + 1).padStart(2, "0")}-${i + 1}`, place, lat, lon, use: pickUse(random) };
    });
  });
}

function pickUse(random: Random): Use {
  let left = random.uniform();
  for (const use of USES) {
    if (left < use.share) return use;
    left -= use.share;
  }
  return USES.at(-1)!;
}

function sessionLine(index: number, stations: readonly Station[], random: Random): string {
  const { id, place, lat, lon, use } = stations[random.integer(0, stations.length - 1)]!;
  const startMs = pickDay(use, random) + Math.max(0, random.normal(use.startH, use.spreadH)) * HOUR_MS;
  const energyKwh = Math.max(0.5, random.normal(use.energyKwh, use.energyKwh * 0.45));
  const stayH = energyKwh / use.powerKw + (use.powerKw > 20 ? 0.1 : Math.abs(random.normal(0, 2.2)));
  const cells: Readonly<Record<string, string>> = {
    session: String(index + 1),
    station: `FP-${id}`,
    port: "1",
    connector: use.connector,
    place: use.place,
    start: localTime(startMs),
    end: localTime(startMs + stayH * HOUR_MS),
    duration: String(Math.round(stayH * 3600)),
    charging: String(Math.round((energyKwh / use.powerKw) * 3600)),
    energy: energyKwh.toFixed(2),
    driver: `D${random.integer(1, 1 + stations.length * DRIVERS_PER_STATION)}`,
    zip: place.zip,
    county: `${place.county} County`,
    state: "California",
    country: "United States",
    power: String(use.powerKw),
    type: "DRIVER",
  };
  return `${ROLES.map(({ role }) => cells[role] ?? "").join(",")},${lat.toFixed(5)},${lon.toFixed(5)}\n`;
}

/** A day of the year: later ones more often, weekends seldom at work. */
function pickDay({ place }: Use, random: Random): number {
  for (;;) {
    const dayMs = FIRST_DAY_MS + Math.floor(DAYS * random.uniform() ** LATER_EXPONENT) * DAY_MS;
    const weekday = new Date(dayMs).getUTCDay();
    const isWeekend = weekday === 0 || weekday === 6;
    if (!isWeekend || place !== "Workplace" || random.uniform() < 0.15) return dayMs;
  }
}

/** "2019-03-15 14:38:02", the station's wall clock. */
function localTime(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 19).replace("T", " ");
}
