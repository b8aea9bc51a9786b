import type { FoundRoute } from "./route-files.ts";
import { sampleOf } from "./request-samples.ts";
import type { Rows } from "./rows.ts";

export const OWN_ORIGIN = { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" };

/** Calls a route's handler with a valid request that names these rows; returns status and text. */
export async function callRoute(
  route: FoundRoute,
  rows: Rows,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const { url, params, body } = sampleOf(route, rows);
  const request = new Request(url, {
    method: route.method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await route.handler(request, { params: Promise.resolve(params) });
  const isStream = response.headers.get("content-type")?.includes("event-stream") ?? false;
  if (!isStream) return { status: response.status, text: await response.text() };
  await response.body?.cancel();
  return { status: response.status, text: "" };
}
