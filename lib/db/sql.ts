import type { PoolClient } from "pg";
import { APP_ROLE } from "./client.ts";
import { pool } from "./pool.ts";

/**
 * A plain `pg` transaction bound to one workspace, for bulk SQL that Prisma has no words for: COPY, cursors,
 * partitioned observations. Same isolation as `inWorkspace`.
 */
export async function inWorkspaceSql<T>(
  scope: { workspaceId: string },
  fn: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    // One round trip; parameters would need two.
    const [role, workspaceId] = [client.escapeLiteral(APP_ROLE), client.escapeLiteral(scope.workspaceId)];
    await client.query(
      `begin; select set_config('role', ${role}, true), set_config('app.workspace_id', ${workspaceId}, true)`,
    );
    const value = await fn(client);
    await client.query("commit");
    return value;
  } catch (error) {
    await client.query("rollback").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    // A connection that could not roll back may still hold the workspace: it is closed, never reused.
    client.release(broken);
  }
}
