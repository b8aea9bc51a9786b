import { AppError } from "#lib/errors";
import type { RuleTerms } from "./core/rule.ts";
import type { GeofenceInput, RuleInput } from "./schema.ts";

/** What a rule judges by, with its geofences as they are now. Throws `unprocessable` when one does not exist any more. */
export function toTerms(input: RuleInput, known: ReadonlyMap<string, GeofenceInput & { id: string }>): RuleTerms {
  const { name, geofenceIds, delivery, source, limitKmh, percentOver, minDurationS, severity, quietHours } = input;
  const geofences = geofenceIds.map((id) => {
    const found = known.get(id);
    if (found) return { id, name: found.name, shape: found.shape };
    const detail = "A chosen geofence does not exist any more.";
    throw new AppError("unprocessable", detail, { fields: [{ pointer: "/geofenceIds", detail }] });
  });
  const { inbox, email, webhookUrls } = delivery;
  const judged = { source, limitKmh, percentOver, minDurationS, severity, quietHours };
  return { name, ...judged, geofences, channels: { inbox, email, webhookUrls } };
}
