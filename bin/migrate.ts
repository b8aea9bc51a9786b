import "#lib/stack/attached";
import { prepareDatabase } from "#lib/stack/database";
import { runEntry } from "#lib/stack/entry";

await runEntry(async () => {
  const applied = await prepareDatabase(process.env.DATABASE_URL ?? "");
  process.stdout.write(applied.length === 0 ? "Nothing to apply.\n" : `Applied ${applied.join(", ")}.\n`);
});
