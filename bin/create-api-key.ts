import "#lib/stack/attached";
import { parseArgs } from "node:util";
import { systemContext } from "#lib/auth/context";
import { API_KEY_SCOPES } from "#lib/auth/permissions";
import { createApiKeyInput } from "#lib/auth/schema";
import { createApiKey } from "#lib/auth/service/api-keys";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { AppError } from "#lib/errors";
import { runEntry } from "#lib/stack/entry";
import { findWorkspaceBySlug } from "#lib/workspaces/store";

const USAGE = `Usage: npm run api-key -- --workspace demo --scopes ${API_KEY_SCOPES.slice(0, 2).join(",")} [--name "Gateway 1"] [--expires-days 90]`;

const OPTIONS: Record<string, string> = { name: "--name", scopes: "--scopes", expiresInDays: "--expires-days" };

// Prints the key alone on stdout, so that a script can take it: KEY=$(npm run --silent api-key -- …)
await runEntry(async () => {
  try {
    process.stdout.write(`${await createKey()}\n`);
  } finally {
    await closeDb();
    await closePool();
  }
});

async function createKey(): Promise<string> {
  const { workspace: slug, scopes, name, "expires-days": days } = readArguments();
  if (!slug || !scopes) throw new AppError("invalid_input", USAGE);
  const now = new Date();
  const parsed = createApiKeyInput.safeParse({
    name: name ?? `command line ${now.toISOString().slice(0, 19).replace("T", " ")}`,
    scopes: scopes.split(",").map((scope) => scope.trim()),
    expiresInDays: days === undefined ? null : Number(days),
  });
  if (!parsed.success) {
    const reasons = parsed.error.issues.map(
      (issue) => `${OPTIONS[String(issue.path[0])] ?? "input"}: ${issue.message}`,
    );
    throw new AppError("invalid_input", `${reasons.join("\n")}\n${USAGE}`);
  }
  const workspace = await findWorkspaceBySlug(slug);
  if (!workspace) throw new AppError("not_found", `There is no workspace "${slug}".`);
  const { key } = await createApiKey(systemContext(workspace.id, "command line", now), parsed.data);
  return key;
}

function readArguments() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({ options: { workspace: text, scopes: text, name: text, "expires-days": text } }).values;
  } catch (error) {
    throw new AppError("invalid_input", USAGE, { cause: error });
  }
}
