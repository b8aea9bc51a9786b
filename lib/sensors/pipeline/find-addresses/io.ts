import { z } from "zod";
import { defineAlgorithmIo } from "#lib/algorithms/io";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { openSession } from "#lib/outbound/session";
import type { FindAddressesData } from "./algorithm.ts";
import { copyKnownAddresses, listUnknownPlaces, storeAddresses } from "./store.ts";

/** What one run asks for at one a second: a quarter of an hour. */
const PLACES_PER_RUN = 900;
/** Streets and house numbers, not rooms. */
const DETAIL_ZOOM = "17";
const answer = z.union([z.object({ display_name: z.string() }), z.object({ error: z.unknown() })]);

export const findAddressesIo = defineAlgorithmIo<unknown, unknown, FindAddressesData, unknown>({
  open: async ({ client, ctx }) => {
    const url = env().FIELDPORT_GEOCODER_URL;
    if (url === undefined) throw new AppError("unprocessable", "No address search is set up (FIELDPORT_GEOCODER_URL).");
    await copyKnownAddresses(client, ctx.workspaceId);
    const places = await listUnknownPlaces(client, ctx.workspaceId);
    return {
      places: places.slice(0, PLACES_PER_RUN),
      leftCount: Math.max(0, places.length - PLACES_PER_RUN),
      ask: askAt(url),
      found: new Map<string, string>(),
    };
  },
  commit: ({ client, ctx }, { data }) => storeAddresses(client, ctx.workspaceId, data.found),
});

function askAt(base: string): (place: string) => Promise<string> {
  const headers = { "user-agent": "Fieldport" };
  const session = openSession({ name: "The address search", requestsPerSecond: 1, headers });
  return async (place) => {
    const [lat = "", lon = ""] = place.split(",");
    const query = new URLSearchParams({ format: "jsonv2", lat, lon, zoom: DETAIL_ZOOM });
    const found = await session.get(`${base.replace(/\/+$/, "")}/reverse?${query}`, (text) =>
      answer.parse(JSON.parse(text)),
    );
    return "display_name" in found ? found.display_name.trim().slice(0, 300) : "";
  };
}
