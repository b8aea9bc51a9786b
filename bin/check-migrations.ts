import { join } from "node:path";
import { AppError } from "#lib/errors";
import { findDrift } from "#lib/stack/drift";
import { runEntry } from "#lib/stack/entry";
import { repositoryRoot } from "#lib/stack/repository-root";

await runEntry(async () => {
  const prisma = join(repositoryRoot, "prisma");
  const drift = await findDrift({ schema: join(prisma, "schema"), migrations: join(prisma, "migrations") });
  if (drift !== "") {
    const advice = "Run node bin/create-migration.ts NAME, or change the schema back.";
    throw new AppError("conflict", `The migrations do not make what prisma/schema says. Missing:\n${drift}\n${advice}`);
  }
  process.stdout.write("Migrations and schema agree.\n");
});
