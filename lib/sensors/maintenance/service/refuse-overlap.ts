import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { formatDateTime, formatZone } from "#lib/format/dates";
import { countOf, joinList } from "#lib/format/lists";
import { findWorkspace } from "#lib/workspaces/store";
import { listOverlaps, type Overlap } from "../store.ts";

const NAMED_MAX = 5;
const COMMENT_MAX = 80;

/** Two windows at one time would leave open which of them a fault belongs to, and what ending one of them means. */
export async function refuseOverlap(
  ctx: Ctx,
  sensorIds: readonly string[],
  span: { fromAt: Date; untilAt: Date },
): Promise<void> {
  const overlaps = await listOverlaps(ctx, sensorIds, span);
  const [first] = overlaps;
  if (!first) return;
  const { timeZone } = await findWorkspace(ctx);
  const window = describeWindow(first, { timeZone, now: ctx.now });
  if (sensorIds.length === 1) {
    const detail = `${first.code} has maintenance ${window} already. Cancel or end that, or choose another time.`;
    throw new AppError("conflict", detail);
  }
  const codes = overlaps.map(({ code }) => code);
  const which = `${countOf(sensorIds.length, "sensor")} have maintenance in that time already`;
  const detail = `${codes.length} of ${which}: ${joinList(codes, NAMED_MAX)}; ${first.code} ${window}. Nothing was planned. Leave them out, cancel what is planned, or choose another time.`;
  throw new AppError("conflict", detail);
}

function describeWindow({ fromAt, untilAt, comment }: Overlap, format: { timeZone: string; now: Date }): string {
  const [from, until] = [fromAt, untilAt].map((at) => formatDateTime(at, format));
  const short = comment.length > COMMENT_MAX ? `${comment.slice(0, COMMENT_MAX)}…` : comment;
  const what = short === "" ? "" : ` (${short})`;
  return `from ${from} to ${until} ${formatZone(untilAt, format.timeZone)}${what}`;
}
