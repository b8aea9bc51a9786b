import type { PoolClient } from "pg";
import type { SourceConfig } from "../sources/schema.ts";

/** Until the run's transaction ends, nobody else asks this source; a second one waits here. */
export async function holdSource(client: PoolClient, source: SourceConfig): Promise<void> {
  const address = source.kind === "files" ? "" : source.kind === "http" ? source.url : source.baseUrl;
  const host = URL.parse(address)?.host ?? address;
  await client.query("select pg_advisory_xact_lock(hashtext('sensor-source'), hashtext($1))", [host]);
}
