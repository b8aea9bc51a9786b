import { z } from "zod";
import type { RunTools } from "#lib/algorithms/define";
import { defineAlgorithm } from "#lib/algorithms/define";
import { analyseNetworkInputs } from "../analyse-network/schema.ts";
import { findAddressesResult, type FindAddressesResult } from "./schema.ts";

export interface FindAddressesData {
  /** Places nobody has asked for, "latitude,longitude"; at most what one run should ask. */
  places: readonly string[];
  leftCount: number;
  /** The address of a place; "" where there is none. */
  ask: (place: string) => Promise<string>;
  /** Filled by the run; what is stored. */
  found: Map<string, string>;
}

/**
 * Purpose: addresses for sensors that have a position, so that people find them by street and town.
 * Method: a Nominatim-compatible reverse search, once per place and at most once a second, as such services ask.
 */
export const findAddressesAlgorithm = defineAlgorithm({
  slug: "find-addresses",
  version: 1,
  title: "Addresses of sensors",
  summary: "Asks the address search for the places of sensors that have none yet.",
  params: z.object({}),
  inputs: analyseNetworkInputs,
  result: findAddressesResult,
  timeoutS: 3_600,
  memoryMb: 512,
  startedBy: "pipeline",
  run: findAddresses,
  view: ({ askedCount, foundCount, leftCount }) => [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Places asked for", value: askedCount, decimals: 0 },
          { label: "Addresses found", value: foundCount, decimals: 0 },
          { label: "Left for next time", value: leftCount, decimals: 0 },
        ],
      },
    },
  ],
});

export async function findAddresses(
  _params: unknown,
  data: FindAddressesData,
  tools: Pick<RunTools, "signal" | "onProgress">,
): Promise<FindAddressesResult> {
  for (const [i, place] of data.places.entries()) {
    tools.signal.throwIfAborted();
    tools.onProgress(i / data.places.length, "Asking for addresses");
    data.found.set(place, await data.ask(place));
  }
  const foundCount = [...data.found.values()].filter((address) => address !== "").length;
  return { askedCount: data.places.length, foundCount, leftCount: data.leftCount };
}
