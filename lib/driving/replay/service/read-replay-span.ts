import { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { wallMsOf } from "../../board/core/wall-clock.ts";
import { findRecordedSpan } from "../../drivers/store.ts";

const HOUR_MS = 3_600_000;
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/)
  .transform((text) => wallMsOf(text))
  .refine(Number.isFinite)
  .optional()
  .catch(undefined);
const query = z.object({ from: instant, to: instant });

/** The stretch the address asks for, else the last hour on record; null when nothing is on record. */
export async function readReplaySpan(
  ctx: Ctx,
  params: Record<string, unknown>,
): Promise<{ fromMs: number; toMs: number } | null> {
  const recorded = await findRecordedSpan(ctx);
  if (!recorded) return null;
  const asked = query.parse(params);
  const lastMs = Math.ceil(wallMsOf(recorded.toAt) / 1000) * 1000;
  const toMs = asked.to ?? lastMs;
  const fromMs = asked.from ?? Math.max(wallMsOf(recorded.fromAt), toMs - HOUR_MS);
  return fromMs < toMs ? { fromMs, toMs } : { fromMs, toMs: fromMs + HOUR_MS };
}
