import type { Ctx } from "#lib/auth/context";
import { countStretches } from "../core/count-stretches.ts";
import { RuleSet } from "../core/rule.ts";
import { listGeofences } from "../geofence-store.ts";
import { listRecentDrivers, readDriverRecords } from "../preview-store.ts";
import type { RuleDefinition, RulePreview } from "../schema.ts";
import { toTerms } from "../to-terms.ts";

const DAYS = 7;
/** All that is read of one driver is in memory at once, some 30 MB. */
const RECORDS_MAX = 200_000;
const TIME_MAX_MS = 8000;

/**
 * What a rule would have found in the last seven days on record, judged as if it had been in force and every record had
 * come in time. Stops after so many records or seconds, and says how many drivers it has read.
 */
export async function previewRule(ctx: Ctx, definition: RuleDefinition): Promise<RulePreview> {
  const known = new Map((await listGeofences(ctx)).map((geofence) => [geofence.id, geofence]));
  const terms = toTerms({ ...definition, name: "Preview", isEnabled: true }, known);
  const rules = new RuleSet([{ no: 1, ruleId: "", version: 1, fromSeq: 0, untilSeq: Infinity, terms }]);
  const drivers = await listRecentDrivers(ctx, DAYS);
  const toMs = Math.max(...drivers.map(({ newestAtMs }) => newestAtMs));
  const fromMs = toMs - DAYS * 86_400_000;
  const sum = { episodeCount: 0, driverCount: 0, recordCount: 0, driversRead: 0 };
  const startedAtMs = performance.now();
  for (const driver of drivers) {
    const left = RECORDS_MAX - sum.recordCount;
    if (performance.now() - startedAtMs > TIME_MAX_MS) break;
    const records = await readDriverRecords(ctx, driver, { fromMs, limit: left + 1 });
    // Another driver may have fewer.
    if (records.length > left) continue;
    const count = countStretches(records, rules, driver.gapS);
    sum.episodeCount += count;
    sum.driverCount += count > 0 ? 1 : 0;
    sum.recordCount += records.length;
    sum.driversRead += 1;
  }
  const isEmpty = drivers.length === 0;
  return {
    ...sum,
    driversTotal: drivers.length,
    from: isEmpty ? null : wallOf(fromMs),
    to: isEmpty ? null : wallOf(toMs),
  };
}

const wallOf = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");
