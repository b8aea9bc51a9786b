import { actorId, type Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { sha256Hex } from "#lib/ids";
import { parseRecord } from "../core/parse-record.ts";
import type { DrivingRecord } from "../core/record.ts";
import { groupCommit } from "../ingest/group-commit.ts";
import type { CallKey, Outcome, RejectedRow } from "../ingest/submission.ts";
import type { PostedRecords, PostedRow } from "../schema.ts";

const KEY_CHARACTERS_MAX = 200;

/**
 * Takes records of vehicles and answers once they are durable. A call that is unsure whether it arrived is sent again
 * with the same Idempotency-Key, or with producers' numbers in its records; equal content alone is never a repeat.
 */
export async function postRecords(ctx: Ctx, rows: readonly unknown[], key: string | null): Promise<PostedRecords> {
  const records: DrivingRecord[] = [];
  const places: number[] = [];
  const rejected: RejectedRow[] = [];
  const nowMs = ctx.now.getTime();
  for (const [index, row] of rows.entries()) {
    const record = parseRecord(row, nowMs);
    if ("member" in record) rejected.push({ index, reason: `${record.member}: ${record.detail}` });
    else {
      records.push(record);
      places.push(index);
    }
  }
  const callKey = key === null ? null : callKeyOf(ctx, key, rows);
  const outcome = await groupCommit().submit(ctx.workspaceId, { records, rejected, callKey });
  // Nothing kept is no success: a device that looks at the status only must notice.
  if (records.length === 0) throw nothingReadable(rejected);
  return present(outcome, { places, rejected });
}

function callKeyOf(ctx: Ctx, key: string, rows: readonly unknown[]): CallKey {
  if (key.length > KEY_CHARACTERS_MAX) {
    throw new AppError("invalid_input", `Idempotency-Key is longer than ${KEY_CHARACTERS_MAX} characters.`);
  }
  return { actorId: actorId(ctx.actor) ?? "system", key, requestHash: sha256Hex(JSON.stringify(rows)) };
}

function present(
  { accepted, late, duplicates, isReplay }: Outcome,
  { places, rejected }: { places: readonly number[]; rejected: readonly RejectedRow[] },
): PostedRecords {
  const duplicate = new Set(duplicates);
  const rows = places.map((index, place): PostedRow => {
    return { index, state: duplicate.has(place) ? "duplicate" : "accepted" };
  });
  if (rejected.length > 0) {
    rows.push(...rejected.map(({ index, reason }): PostedRow => ({ index, state: "rejected", reason })));
    rows.sort((a, b) => a.index - b.index);
  }
  const counts = { accepted, duplicate: duplicate.size, rejected: rejected.length, late };
  return { ...counts, repeated: isReplay, rows };
}

function nothingReadable(rejected: readonly RejectedRow[]): AppError {
  const fields = rejected.map(({ index, reason }) => ({ pointer: `/${index}`, detail: reason }));
  const first = fields[0]?.detail ?? "";
  const what = rejected.length === 1 ? "The record is rejected." : `All ${rejected.length} records are rejected.`;
  return new AppError("unprocessable", `${what} ${first}.`, { fields });
}
