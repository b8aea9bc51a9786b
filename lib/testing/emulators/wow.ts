import { createRandom } from "#lib/math/random";
import {
  startEmulator,
  type EmulatedAnswer,
  type EmulatedCall,
  type Emulator,
  type EmulatorOptions,
} from "./emulator.ts";

const STEP_MS = 900_000;
const DAY_MS = 86_400_000;

export interface WowSite {
  id: string;
  latitude: number;
  longitude: number;
  /** Amateur sites often have no rain gauge. */
  hasRain: boolean;
}

export const WOW_KEY = "a-subscription-key";

export function makeWowSites(count: number): WowSite[] {
  const random = createRandom(`wow ${count}`);
  return Array.from({ length: count }, (_, i) => ({
    id: `9${String(i).padStart(8, "0")}`,
    latitude: 56.35 + random.uniform() * 0.3,
    longitude: -3.2 + random.uniform() * 0.6,
    hasRain: i % 4 !== 3,
  }));
}

export function wowTemperature(site: WowSite, atMs: number): number {
  const day = Math.sin((2 * Math.PI * (atMs % DAY_MS)) / DAY_MS - Math.PI / 2);
  const noise = createRandom(`${site.id} ${atMs}`).normal(0, 0.1);
  return Math.round((11 + 5 * day + 2 * Math.sin(atMs / (5 * DAY_MS)) + noise) * 10) / 10;
}

/** The observations service of WOW with these sites. */
export function startWowEmulator(sites: readonly WowSite[], options: EmulatorOptions = {}): Promise<Emulator> {
  return startEmulator((call) => answer(sites, call), options);
}

function answer(sites: readonly WowSite[], { url, headers, misdeed }: EmulatedCall): EmulatedAnswer {
  if (headers["ocp-apim-subscription-key"] !== WOW_KEY) return { status: 401, json: { message: "Access denied" } };
  if (!url.pathname.endsWith("/observations/byversion"))
    return { status: 404, json: { message: "Resource not found" } };
  const query = url.searchParams;
  const number = (name: string) => Number(query.get(name) ?? Number.NaN);
  const [fromMs, untilMs] = [Date.parse(`${query.get("start_time")}Z`), Date.parse(`${query.get("end_time")}Z`)];
  if (Number.isNaN(fromMs) || Number.isNaN(untilMs))
    return { status: 400, json: { message: "start_time is required" } };
  const isAsked = ({ id, latitude, longitude }: WowSite) =>
    query.has("site_id")
      ? query.get("site_id") === id
      : longitude >= number("top_left_long") &&
        longitude <= number("bottom_right_long") &&
        latitude <= number("top_left_lat") &&
        latitude >= number("bottom_right_lat");
  const rows = sites.filter(isAsked).flatMap((site) => observationsOf(site, { fromMs, untilMs, misdeed }));
  return { status: 200, json: { Object: createRandom(url.search).shuffle(rows) } };
}

function observationsOf(
  site: WowSite,
  { fromMs, untilMs, misdeed }: { fromMs: number; untilMs: number; misdeed: string | null },
): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (let atMs = Math.ceil(fromMs / STEP_MS) * STEP_MS; atMs <= untilMs; atMs += STEP_MS) {
    const row = {
      SiteId: site.id,
      Latitude: site.latitude,
      Longitude: site.longitude,
      ReportEndDateTime: new Date(atMs).toISOString().slice(0, 19),
      DryBulbTemperature_Celsius: wowTemperature(site, atMs),
      ...(site.hasRain ? { RainfallAmount_Millimetre: atMs % DAY_MS === 0 ? 0.2 : 0 } : {}),
      RelativeHumidity: null,
    };
    rows.push(row);
    if (misdeed === "duplicated") rows.push({ ...row });
    if (misdeed === "nulls") rows.push({ ...row, ReportEndDateTime: null, DryBulbTemperature_Celsius: null });
  }
  return rows;
}
