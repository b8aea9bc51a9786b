import type L from "leaflet";

/** Takes a map down. Leaflet ends a running zoom by a timer that outlives the map and then looks for its panes. */
export function removeMap(map: L.Map): void {
  (map as L.Map & { _animatingZoom?: boolean })._animatingZoom = false;
  map.remove();
}
