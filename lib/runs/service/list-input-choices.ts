import { getReference, type InputChoice } from "#lib/algorithms/reference-registry";
import { can, type Ctx } from "#lib/auth/context";
import { listDatasetChoices } from "#lib/datasets/store";
import { formatNumber } from "#lib/format/numbers";
import type { FieldReference, FormField } from "#lib/forms/fields-of";
import { listUploadChoices } from "#lib/uploads/store";
import { listRunChoices } from "../store.ts";

/** More than these are found by their id only. */
const SHOWN_MAX = 500;

/** What each input of a run can be, the newest first, by the name of the input; inputs that name nothing are left out. */
export async function listInputChoices(ctx: Ctx, fields: readonly FormField[]): Promise<Record<string, InputChoice[]>> {
  const lists = fields.flatMap(({ name, refersTo }) =>
    refersTo ? [choicesOf(ctx, refersTo).then((list) => [name, list] as const)] : [],
  );
  return Object.fromEntries(await Promise.all(lists));
}

async function choicesOf(ctx: Ctx, { to, kinds }: FieldReference): Promise<InputChoice[]> {
  const query = { kinds, limit: SHOWN_MAX };
  if (to === "dataset") {
    const rows = await listDatasetChoices(ctx, query);
    const label = (row: (typeof rows)[number]) => `${row.name}, ${formatNumber(row.rowsKept)} rows`;
    return rows.map((row) => ({ value: row.id, label: label(row), at: row.createdAt.toISOString() }));
  }
  if (to === "upload") {
    const rows = await listUploadChoices(ctx, query);
    return rows.map((row) => ({ value: row.id, label: row.fileName, at: row.createdAt.toISOString() }));
  }
  if (to === "run") {
    const rows = await listRunChoices(ctx, query);
    return rows.map((row) => ({ value: row.id, label: row.title, at: row.queuedAt.toISOString() }));
  }
  const reference = await getReference(to);
  if (!reference) throw new Error(`An input names "${to}", which no domain keeps.`);
  return can(ctx, reference.permission) ? reference.list(ctx) : [];
}
