import { runEntry } from "#lib/stack/entry";
import { summaryText } from "#lib/stack/test-results";
import { runSuites, selectSuites } from "#lib/stack/test-suites";

const say = (line: string) => process.stdout.write(`${line}\n`);
for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const])
  process.on(signal, () => process.exit(code));

// `npm test` runs everything; `npm test -- unit db` some of check, unit, db, e2e.
await runEntry(async () => {
  const results = await runSuites(selectSuites(process.argv.slice(2)), say);
  say(summaryText(results));
  process.exitCode = results.some((result) => result.failed > 0) ? 1 : 0;
});
