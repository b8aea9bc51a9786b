export function driverHref(driver: string): string {
  return `/driving/drivers/${encodeURIComponent(driver)}`;
}
