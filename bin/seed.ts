import { randomBytes } from "node:crypto";
import { runMigrations } from "graphile-worker";
import { hashPassword } from "#lib/auth/password";
import { addDemoSessions } from "#lib/charging/demo/demo-sessions";
import { closeDb } from "#lib/db/client";
import { closePool, pool } from "#lib/db/pool";
import { createDemoWorkspace } from "#lib/sensors/demo/demo-workspace";
import { countUsers, insertMembership, insertUser } from "#lib/workspaces/store";

// Runs at every start; everything here happens once per database.
await runMigrations({ pgPool: pool() });
const workspace = await createDemoWorkspace(new Date());
if (workspace.isNew) await addDemoSessions(workspace.id, new Date());
if ((await countUsers()) === 0) {
  const email = process.env.FIELDPORT_ADMIN_EMAIL || "admin@fieldport.local";
  const given = process.env.FIELDPORT_ADMIN_PASSWORD;
  const password = given || randomBytes(9).toString("base64url");
  const userId = await insertUser({ email, name: "Administrator", passwordHash: await hashPassword(password) });
  await insertMembership(workspace.id, userId, "owner");
  process.stdout.write(`${JSON.stringify({ admin: { email, ...(given ? {} : { password }) } })}\n`);
}
await closeDb();
await closePool();
