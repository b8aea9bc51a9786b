import { EARTH_RADIUS_M } from "./distance.ts";
import type { Position } from "./position.ts";

/**
 * Area inside a ring of positions, square metres, whichever way round it is given; the first position is not repeated.
 * Edges are taken as straight between longitude and the sine of latitude (Chamberlain and Duquette 2007): exact for
 * whole cells of the graticule, within 0.1 % for areas below 100 km.
 */
export function ringAreaM2(ring: readonly Position[]): number {
  const radians = Math.PI / 180;
  const sum = ring.reduce((total, { lat, lon }, i) => {
    const next = ring[(i + 1) % ring.length] ?? { lat, lon };
    return total + (next.lon - lon) * radians * (2 + Math.sin(lat * radians) + Math.sin(next.lat * radians));
  }, 0);
  return Math.abs((sum * EARTH_RADIUS_M ** 2) / 2);
}
