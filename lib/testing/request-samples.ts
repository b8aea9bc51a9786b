import type { RouteSpec } from "#lib/http/route-spec";
import type { FoundRoute } from "./route-files.ts";
import { paramNames } from "./route-files.ts";
import type { Rows } from "./rows.ts";

const ADOPTION_FILE = { fileName: "a.csv", text: "county,year,share\nAlameda,2030,0.1\n" };
const CIRCLE = { kind: "circle", lat: 32.05, lon: 118.77, radiusM: 500 };
const YEAR = Array.from({ length: 12 }, (_, month) => month + 1);
const FLAT_TARIFF = {
  name: "Flat",
  energyPeriods: [{ label: "All hours", months: YEAR, days: "all", from: "00:00", to: "24:00", usdPerKwh: 0.2 }],
};

/**
 * Bodies and queries that pass a route's schema, where an empty one does not. They must be valid, because a request
 * for somebody else's row has to fail for that reason and no other.
 */
const BODIES: Record<string, (rows: Rows) => unknown> = {
  "POST /api/v1/account/password": () => ({ currentPassword: "wrong", newPassword: "a brand new password" }),
  "PATCH /api/v1/account": () => ({ name: "Mira Okafor" }),
  "POST /api/v1/api-keys": ({ runId }) => ({ name: `key ${runId.slice(-6)}`, scopes: ["runs:read"] }),
  "PUT /api/v1/charging/adoption": () => ({ rows: [{ county: "Alameda", year: 2030, evCount: 5 }], basedOn: null }),
  "POST /api/v1/charging/adoption/import": () => ({ ...ADOPTION_FILE, basedOn: null }),
  "PUT /api/v1/charging/ports": () => ({ rows: [{ place: "94609", level: "L2", portCount: 5 }], basedOn: null }),
  "POST /api/v1/charging/ports/import": () => ({ fileName: "a.csv", text: "zip,year,ports\n94609,,5", basedOn: null }),
  "POST /api/v1/charging/scenarios": ({ chargingRunId }) => ({ name: "Base case", runId: chargingRunId }),
  "PATCH /api/v1/charging/scenarios/[scenarioId]": () => ({ name: "Base case, again" }),
  "POST /api/v1/charging/scenarios/[scenarioId]/variants": () => ({ name: "Dearer gasoline", changes: {} }),
  "POST /api/v1/charging/tariffs": () => FLAT_TARIFF,
  "PUT /api/v1/charging/tariffs/[tariffId]": () => FLAT_TARIFF,
  "PATCH /api/v1/charging/tariffs/[tariffId]": () => ({ archived: true }),
  "POST /api/v1/charging/tariffs/import": () => ({ fileName: "flat.json", text: JSON.stringify(FLAT_TARIFF) }),
  "POST /api/v1/column-mappings": () => ({
    name: "Loggers",
    mapping: { kind: "sensor-readings", layout: "long", columns: [] },
    columns: ["sensor", "time", "value"],
  }),
  "POST /api/v1/driving/alerts/[alertId]/verdict": () => ({ verdict: "acknowledged" }),
  "POST /api/v1/driving/geofences": ({ runId }) => ({ name: `Area ${runId.slice(-6)}`, shape: CIRCLE }),
  "PUT /api/v1/driving/geofences/[geofenceId]": () => ({ name: "Area", shape: CIRCLE }),
  "POST /api/v1/driving/geofences/import": () => ({
    text: JSON.stringify({
      type: "Feature",
      properties: { radiusM: 500 },
      geometry: { type: "Point", coordinates: [118.77, 32.05] },
    }),
  }),
  "POST /api/v1/driving/rules": ({ runId }) => ({ name: `Rule ${runId.slice(-6)}`, source: "speed", limitKmh: 100 }),
  "POST /api/v1/driving/rules/preview": () => ({ source: "speed", limitKmh: 100 }),
  "PUT /api/v1/driving/rules/[ruleId]": () => ({ name: "Rule", source: "speed", limitKmh: 90 }),
  "POST /api/v1/driving/records": () => ({
    ...{ driverID: "posted", carPlateNumber: "FP 1", Latitude: 47.6, Longitude: -122.3, Speed: 50 },
    Time: "2026-11-01 00:00:00",
  }),
  "POST /api/v1/invitations": () => ({ email: "invited.again@example.org", role: "viewer" }),
  "PATCH /api/v1/members/[userId]": () => ({ role: "editor" }),
  "POST /api/v1/notifications": ({ notificationId }) => ({ ids: [notificationId] }),
  "PUT /api/v1/notifications/settings": () => ({ kind: "dataset_ready", inbox: true, email: false }),
  "POST /api/v1/pipelines": ({ runId }) => ({
    name: `Network ${runId.slice(-6)}`,
    settings: { source: { kind: "files" } },
  }),
  "POST /api/v1/runner/apps": ({ runId, uploadId }) => ({
    slug: `app-${runId.slice(-6)}`,
    name: "App",
    source: { kind: "bundle", uploadId },
    manifest: { entryPoint: "main.py" },
  }),
  "POST /api/v1/runner/apps/[appId]/runs": ({ artifactId }) => ({ artifactId }),
  "POST /api/v1/runner/apps/[appId]/triggers": ({ fileUploadId }) => ({ kind: "webhook", uploadId: fileUploadId }),
  "PATCH /api/v1/runner/triggers/[triggerId]": () => ({ isEnabled: false }),
  "PUT /api/v1/runner/quotas": () => ({ runsAtOnceMax: 2, cpuHoursMax: null, usdMax: null }),
  "POST /api/v1/runs": () => ({ algorithm: "range-step-stuck" }),
  "POST /api/v1/sensors/faults/[faultId]/review": () => ({ verdict: "confirmed" }),
  "POST /api/v1/sensors/maintenance-windows": ({ sensorId }) => ({
    sensorIds: [sensorId],
    fromAt: "2099-01-01T08:00:00Z",
    untilAt: "2099-01-01T12:00:00Z",
  }),
  "POST /api/v1/sensors/observations": () => ({
    sensor: "posted",
    observedProperty: "air_temperature",
    observedAt: "2026-11-01T00:00:00Z",
    value: 11.5,
  }),
  "POST /api/v1/sensors/[sensorId]/claim": () => ({ mine: false }),
  "POST /api/v1/session/invitations": ({ token }) => ({ token }),
  "POST /api/v1/session/workspace": ({ workspaceId }) => ({ workspaceId }),
  "POST /api/v1/sign-in/invitations/[token]": () => ({ as: "new", name: "Ada", password: "a brand new password" }),
  "POST /api/v1/sign-in/reset": ({ token }) => ({ token, password: "a brand new password" }),
  "POST /api/v1/sign-in/reset-request": () => ({ email: "nobody@example.org" }),
  "POST /api/v1/uploads": () => ({ fileName: "a.csv", sizeBytes: 12 }),
  "POST /api/v1/uploads/[uploadId]/clean": () => ({
    mapping: { kind: "sensor-readings", layout: "long", columns: [] },
  }),
  "POST /api/v1/uploads/[uploadId]/complete": () => ({ parts: [] }),
  "POST /api/v1/uploads/[uploadId]/parts": () => ({ parts: [{ partNumber: 1, checksumSha256: `${"A".repeat(43)}=` }] }),
  "POST /api/v1/workspaces": () => ({ name: "Another lab" }),
};

const QUERIES: Record<string, string | ((rows: Rows) => string)> = {
  "GET /api/v1/artifacts/[artifactId]/entries/chart": "path=a.csv&y=a",
  "GET /api/v1/artifacts/[artifactId]/entries/content": "path=a.csv",
  "GET /api/v1/artifacts/[artifactId]/entries/preview": "path=a.csv",
  "GET /api/v1/artifacts/[artifactId]/entries/rows": "path=a.csv",
  "GET /api/v1/artifacts/[artifactId]/lines/search": "q=a",
  "GET /api/v1/charging/scenarios/compare": ({ scenarioId }) => `ids=${scenarioId},${scenarioId}`,
  "GET /api/v1/column-mappings": `headerSignature=${"0".repeat(64)}`,
  "GET /api/v1/driving/replay": "from=2026-11-01T08:00&to=2026-11-01T09:00",
  "GET /api/v1/sensors/[sensorId]/series": "property=air_temperature",
  "GET /api/v1/sensors/find": "sensor=KIT-0007",
  "GET /api/v1/sensors/map": "bbox=-123,47,-122,48&zoom=10",
};

export interface Sample {
  url: string;
  params: Record<string, string>;
  body: unknown;
}

/** A request for this route that is valid in everything, naming the given rows. Throws with what to add when it cannot. */
export function sampleOf(route: FoundRoute, rows: Rows): Sample {
  const { spec } = route.handler;
  const params: Record<string, string> = {};
  for (const name of paramNames(route.path)) {
    const value: unknown = Reflect.get(rows, name);
    if (typeof value !== "string") throw new Error(`${route.name}: add a fixture for [${name}] to lib/testing/rows.ts`);
    params[name] = value;
  }
  const body = BODIES[route.name]?.(rows) ?? {};
  const known = QUERIES[route.name] ?? "";
  const query = typeof known === "string" ? known : known(rows);
  requireValid(route, spec, { body, params, query: Object.fromEntries(new URLSearchParams(query)) });
  const path = route.path
    .replace(/\/\[\[[^\]]+\]\]/, "")
    .replace(/\[(?:\.\.\.)?([^\]]+)\]/g, (_all, name: string) => encodeURIComponent(params[name] ?? ""));
  return { url: `http://localhost:3000${path}${query ? `?${query}` : ""}`, params, body: spec.body ? body : undefined };
}

function requireValid(route: FoundRoute, spec: RouteSpec, parts: Record<"body" | "params" | "query", unknown>): void {
  for (const part of ["body", "params", "query"] as const) {
    const outcome = spec[part]?.safeParse(parts[part]);
    if (!outcome || outcome.success) continue;
    const reason = outcome.error.issues.map((issue) => `${issue.path.join("/")}: ${issue.message}`).join("; ");
    throw new Error(`${route.name}: add a valid ${part} to lib/testing/request-samples.ts (${reason})`);
  }
}
