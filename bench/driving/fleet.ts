import { createRandom } from "#lib/math/random";

const START_MS = Date.UTC(2026, 0, 1, 8);
const OVERSPEED_SHARE = 0.07;

/** Made-up vehicles that report in turn, a second of wall clock for each round; about one record in 14 starts a speeding. */
export function createFleet(driverCount: number, name: string): (count: number) => Record<string, string>[] {
  const random = createRandom(name);
  const isSpeeding = new Array<boolean>(driverCount).fill(false);
  let next = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      const driver = next % driverCount;
      const at = new Date(START_MS + Math.floor(next / driverCount) * 1000);
      next += 1;
      const record: Record<string, string> = {
        driverID: `${name}-${driver}`,
        carPlateNumber: `FP${driver}`,
        Latitude: (30 + random.uniform() * 5).toFixed(6),
        Longtitude: (110 + random.uniform() * 5).toFixed(6),
        Speed: String(60 + Math.floor(random.uniform() * 80)),
        Direction: String(random.integer(0, 359)),
        Time: at.toISOString().slice(0, 19).replace("T", " "),
      };
      if (isSpeeding[driver]) Object.assign(record, { isOverspeedFinished: "1", overspeedTime: "1" });
      else if (random.uniform() < OVERSPEED_SHARE) record.isOverspeed = "1";
      isSpeeding[driver] = record.isOverspeed === "1";
      return record;
    });
}
