import { parseArgs } from "node:util";
import { AppError } from "#lib/errors";
import { runEntry } from "#lib/stack/entry";
import { runCoreSuite } from "#lib/testing/chaos/core-suite";

const USAGE = "Usage: npm run test:chaos -- core [--runs 30] [--seed TEXT]";

for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const])
  process.on(signal, () => process.exit(code));

// Kills processes of a portal of its own, in a temporary folder, and checks that nothing was lost or doubled.
await runEntry(async () => {
  const { suite, rounds, seed } = readArguments();
  if (suite !== "core") throw new AppError("invalid_input", `There is no chaos suite "${suite}". ${USAGE}`);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say(`${rounds} rounds, seed ${seed}`);
  const { passed, failed } = await runCoreSuite({ rounds, seed, say });
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});

function readArguments(): { suite: string; rounds: number; seed: string } {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({ options: { runs: text, seed: text }, allowPositionals: true });
  const rounds = Number(values.runs ?? "30");
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new AppError("invalid_input", `--runs ${values.runs}: a whole number from 1. ${USAGE}`);
  return { suite: positionals[0] ?? "core", rounds, seed: values.seed ?? "1" };
}
