import { systemDb } from "#lib/db/client";

interface TableName {
  name: string;
}

/** Tables with a workspace, read from the catalogue so that a new one is included by itself. */
export async function findWorkspaceTables(): Promise<string[]> {
  const rows = await systemDb().$queryRaw<TableName[]>`
    select c.relname::text as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relkind in ('r', 'p') order by 1`;
  return rows.map((row) => row.name);
}

/** Counters that reading touches; they say nothing about a write. */
const TOUCHED = ["last_seen_at", "last_used_at"];

/** A digest of every row of a workspace, table by table: equal digests, nothing was changed, added or removed. */
export async function workspaceDigest(workspaceId: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const table of await findWorkspaceTables()) {
    const [row] = await systemDb().$queryRawUnsafe<{ digest: string }[]>(
      `select md5(coalesce(string_agg(line, '|' order by line), '')) as digest
       from (select (to_jsonb(t) - $2::text[])::text as line from "${table}" t where workspace_id = $1::uuid) lines`,
      workspaceId,
      TOUCHED,
    );
    digests[table] = row?.digest ?? "";
  }
  const [own] = await systemDb().$queryRaw<{ digest: string }[]>`
    select md5(to_jsonb(w)::text) as digest from workspaces w where id = ${workspaceId}::uuid`;
  digests.workspaces = own?.digest ?? "";
  return digests;
}
