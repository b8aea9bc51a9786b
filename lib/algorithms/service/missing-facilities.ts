import { env } from "#lib/env";
import type { Facility } from "../facilities.ts";

/** Facilities that this installation lacks, so that forms do not offer what would be refused. */
export function missingFacilities(): Facility[] {
  return env().FIELDPORT_SPARK === "none" ? ["Spark"] : [];
}
