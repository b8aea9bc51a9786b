import { parseArgs } from "node:util";
import { AppError } from "#lib/errors";
import { runEntry } from "#lib/stack/entry";
import { runCoreSuite } from "#lib/testing/chaos/core-suite";
import { runDrivingSuite } from "#lib/testing/chaos/driving-suite";

const USAGE = "Usage: npm run test:chaos -- core|driving [--runs 30] [--seed TEXT] [--rows 6000]";

for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const])
  process.on(signal, () => process.exit(code));

// Kills processes of a portal of its own, in a temporary folder, and checks that nothing was lost or doubled.
await runEntry(async () => {
  const { suite, rounds, rowsPerFile, seed } = readArguments();
  if (suite !== "core" && suite !== "driving")
    throw new AppError("invalid_input", `There is no chaos suite "${suite}". ${USAGE}`);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say(`${rounds} rounds, seed ${seed}`);
  const { passed, failed } =
    suite === "core"
      ? await runCoreSuite({ rounds, rowsPerFile, seed, say })
      : await runDrivingSuite({ rounds, seed, say });
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});

function readArguments() {
  const text = { type: "string" } as const;
  const options = { runs: text, seed: text, rows: text };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  return {
    suite: positionals[0] ?? "core",
    rounds: wholeNumber("--runs", values.runs ?? "30"),
    rowsPerFile: wholeNumber("--rows", values.rows ?? "6000"),
    seed: values.seed ?? "1",
  };
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new AppError("invalid_input", `${option} ${text}: a whole number from 1. ${USAGE}`);
}
