import type { Ctx } from "#lib/auth/context";
import { requireUser } from "#lib/auth/context";
import { countNavItems, type NavCounts } from "../nav-store.ts";

/** The numbers beside the navigation: what is on its way, what runs, what is registered, what is unread. */
export function readNavCounts(ctx: Ctx): Promise<NavCounts> {
  return countNavItems(ctx, requireUser(ctx).userId);
}
