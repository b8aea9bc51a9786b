import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

export type MapParameter = "metric" | "month" | "county" | "stations";

/** Metric, month, county and layers stand in the address, so that a view can be shared; Back leaves the page. */
export function useMapChoice() {
  const search = useSearchParams();
  const change = useCallback((changes: Partial<Record<MapParameter, string | null>>) => {
    const next = new URLSearchParams(window.location.search);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) next.delete(key);
      else next.set(key, value);
    }
    const query = next.toString();
    window.history.replaceState(null, "", query === "" ? window.location.pathname : `?${query}`);
  }, []);
  const of = (key: MapParameter) => search.get(key);
  return {
    metric: of("metric"),
    month: of("month"),
    county: of("county"),
    stations: of("stations") === "true",
    change,
  };
}
