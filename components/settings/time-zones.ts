import type { Option } from "#components/ui/select-field";

/** Every zone this browser knows; UTC first, because lists of places leave it out. */
export function timeZoneOptions(): Option[] {
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
  return zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}
