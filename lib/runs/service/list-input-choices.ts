import type { Ctx } from "#lib/auth/context";
import { listDatasetChoices } from "#lib/datasets/store";
import { formatNumber } from "#lib/format/numbers";
import type { FieldReference, FormField } from "#lib/forms/fields-of";
import { listUploadChoices } from "#lib/uploads/store";
import { listRunChoices } from "../store.ts";

/** Something an input may name. */
export interface InputChoice {
  value: string;
  label: string;
  at: string;
}

/** More than these are found by their id only. */
const SHOWN_MAX = 500;

/** What each input of a run can be, the newest first, by the name of the input; inputs that name nothing are left out. */
export async function listInputChoices(ctx: Ctx, fields: readonly FormField[]): Promise<Record<string, InputChoice[]>> {
  // Tariffs are of a domain, which the platform does not know; the page adds them.
  const lists = fields.flatMap(({ name, refersTo }) =>
    refersTo && refersTo.to !== "tariff" ? [choicesOf(ctx, refersTo, name)] : [],
  );
  return Object.fromEntries(await Promise.all(lists));
}

async function choicesOf(ctx: Ctx, { to, kinds }: FieldReference, name: string): Promise<[string, InputChoice[]]> {
  const query = { kinds, limit: SHOWN_MAX };
  if (to === "dataset") {
    const rows = await listDatasetChoices(ctx, query);
    const label = (row: (typeof rows)[number]) => `${row.name}, ${formatNumber(row.rowsKept)} rows`;
    return [name, rows.map((row) => ({ value: row.id, label: label(row), at: row.createdAt.toISOString() }))];
  }
  if (to === "upload") {
    const rows = await listUploadChoices(ctx, query);
    return [name, rows.map((row) => ({ value: row.id, label: row.fileName, at: row.createdAt.toISOString() }))];
  }
  const rows = await listRunChoices(ctx, query);
  return [name, rows.map((row) => ({ value: row.id, label: row.title, at: row.queuedAt.toISOString() }))];
}
