import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "#lib/errors";
import { findDrift } from "#lib/stack/drift";
import { runEntry } from "#lib/stack/entry";
import { repositoryRoot } from "#lib/stack/repository-root";

await runEntry(async () => {
  const name = process.argv[2] ?? "";
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new AppError(
      "invalid_input",
      "Name the migration in snake_case: node bin/create-migration.ts add_sensor_owner",
    );
  }
  const prisma = join(repositoryRoot, "prisma");
  const migrations = join(prisma, "migrations");
  const sql = await findDrift({ schema: join(prisma, "schema"), migrations });
  if (sql === "") {
    process.stdout.write("Migrations and schema agree; nothing to create.\n");
    return;
  }
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(migrations, `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  const lock = join(migrations, "migration_lock.toml");
  if (!existsSync(lock)) writeFileSync(lock, `provider = "postgresql"\n`);
  writeFileSync(join(folder, "migration.sql"), `${sql}\n`);
  process.stdout.write(
    `Created ${join(folder, "migration.sql")}. Read it, add what Prisma cannot say, then commit it.\n`,
  );
});
