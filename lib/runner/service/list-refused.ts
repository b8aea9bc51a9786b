import type { Ctx } from "#lib/auth/context";
import { listRefusedInputs } from "../input-store.ts";
import type { RefusedInput } from "../schema.ts";

const SHOWN_MAX = 20;

/** Dropped zips that started nothing: who dropped them has no run to look at. */
export async function listRefused(ctx: Ctx, appId: string): Promise<RefusedInput[]> {
  const inputs = await listRefusedInputs(ctx, appId, SHOWN_MAX);
  return inputs.map(({ createdAt, ...input }) => ({ ...input, at: createdAt.toISOString() }));
}
