import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { Page } from "#lib/http/pagination";
import type { RecordsQuery, StoredRecordRow } from "../schema.ts";
import { listRecordsByArrival, listRecordsOfDriver } from "../store.ts";

/** A driver's records by time, or everybody's by arrival. */
export function listRecords(ctx: Ctx, query: RecordsQuery): Promise<Page<StoredRecordRow>> {
  const byArrival = query.fromSeq !== undefined || query.toSeq !== undefined;
  if (query.driver !== undefined && !byArrival) return listRecordsOfDriver(ctx, query);
  if (query.driver === undefined && query.from === undefined && query.to === undefined) {
    return listRecordsByArrival(ctx, query);
  }
  const detail = "Ask for a driver (with from and to), or for arrival numbers (fromSeq and toSeq), not for both.";
  throw new AppError("invalid_input", detail, { fields: [{ pointer: "/driver", detail }] });
}
