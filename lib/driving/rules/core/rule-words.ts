import type { RuleTerms } from "./rule.ts";

type Judged = Pick<RuleTerms, "source" | "limitKmh" | "percentOver" | "minDurationS">;

/** What a rule judges, as one would say it: “over 90 km/h + 10 % for 20 s in Harbour or Depot”. */
export function ruleWords(
  { source, limitKmh, percentOver, minDurationS }: Judged,
  geofenceNames: readonly string[],
): string {
  const limit = source === "device" ? "over the device’s limit" : `over ${limitKmh} km/h`;
  const tolerance = percentOver > 0 ? ` + ${percentOver} %` : "";
  const duration = minDurationS > 0 ? ` for ${minDurationS} s` : "";
  const place = geofenceNames.length > 0 ? ` in ${geofenceNames.join(" or ")}` : "";
  return limit + tolerance + duration + place;
}
