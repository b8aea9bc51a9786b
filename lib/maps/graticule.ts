import { metresPerPixel, worldSizePx } from "#lib/geo/mercator";
import { wrapLongitude } from "#lib/geo/position";

const STEPS_DEG = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001];
/** Lines closer than this make the sheet busy. */
const SPACING_PX_MIN = 120;

/** Distance of the graticule lines in degrees of longitude: the smallest step that keeps lines 120 px apart. */
export function graticuleStepDeg(zoom: number): number {
  const pxPerDegree = worldSizePx(zoom) / 360;
  let step = 30;
  for (const candidate of STEPS_DEG) if (candidate * pxPerDegree >= SPACING_PX_MIN) step = candidate;
  return step;
}

/** Multiples of `stepDeg` between two values, both included; computed from integers, so 0.1 × 3 is 0.3. */
export function graticuleTicks(fromDeg: number, toDeg: number, stepDeg: number): number[] {
  const first = Math.ceil(fromDeg / stepDeg - 1e-9);
  const last = Math.floor(toDeg / stepDeg + 1e-9);
  const perDegree = Math.round(1 / stepDeg);
  const exact = (k: number) => (stepDeg < 1 ? k / perDegree : k * stepDeg);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => exact(first + i));
}

export function formatLatitude(lat: number, stepDeg: number): string {
  return withHemisphere(lat, stepDeg, lat < 0 ? "S" : "N");
}

export function formatLongitude(lon: number, stepDeg: number): string {
  const wrapped = wrapLongitude(lon);
  return withHemisphere(wrapped, stepDeg, wrapped < 0 && wrapped !== -180 ? "W" : "E");
}

function withHemisphere(degrees: number, stepDeg: number, hemisphere: string): string {
  const decimals = stepDeg >= 1 ? 0 : Math.ceil(-Math.log10(stepDeg) - 1e-9);
  const text = Math.abs(degrees).toFixed(decimals);
  return Number(text) === 0 || Number(text) === 180 ? `${text}°` : `${text}° ${hemisphere}`;
}

export interface ScaleBar {
  lengthPx: number;
  label: string;
}

/** The longest round distance that fits, measured at the given latitude. */
export function scaleBar({ lat, zoom, maxPx }: { lat: number; zoom: number; maxPx: number }): ScaleBar {
  const mPerPx = metresPerPixel(lat, zoom);
  const limitM = mPerPx * maxPx;
  const magnitude = 10 ** Math.floor(Math.log10(limitM));
  const lengthM = [5, 2, 1].map((digit) => digit * magnitude).find((candidate) => candidate <= limitM) ?? magnitude;
  const label = lengthM >= 1000 ? `${(lengthM / 1000).toLocaleString("en-US")} km` : `${lengthM} m`;
  return { lengthPx: lengthM / mPerPx, label };
}
