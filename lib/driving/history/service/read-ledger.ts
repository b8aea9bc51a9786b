import type { Ctx } from "#lib/auth/context";
import type { Ledger } from "../schema.ts";
import { listLedgerHours, type LedgerHour } from "../store.ts";

type Counts = Omit<LedgerHour, "hourAt">;
const NAMES = ["received", "stored", "duplicate", "rejected", "late", "calls", "inTable"] as const;

/** What came in hour by hour and what became of it, held against the table. */
export async function readLedger(ctx: Ctx, hours: number): Promise<Ledger> {
  const rows = await listLedgerHours(ctx, hours);
  const sums = NAMES.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)] as const);
  const total = Object.fromEntries(sums) as unknown as Counts;
  return {
    hours: rows.map((row) => ({ ...row, isBalanced: isBalanced(row) })),
    total: { ...total, isBalanced: rows.every(isBalanced) },
  };
}

function isBalanced({ received, stored, duplicate, rejected, inTable }: Counts): boolean {
  return received === stored + duplicate + rejected && stored === inTable;
}
