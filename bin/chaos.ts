import { parseArgs } from "node:util";
import { AppError } from "#lib/errors";
import { runEntry } from "#lib/stack/entry";
import { runRunnerRounds } from "#lib/runner/testing/chaos/run-rounds";
import { runCoreSuite } from "#lib/testing/chaos/core-suite";
import { runDrivingSuite } from "#lib/testing/chaos/driving-suite";

const USAGE = "Usage: npm run test:chaos -- core|driving|runner [--runs 30] [--from 1] [--seed TEXT] [--rows 6000]";

for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const])
  process.on(signal, () => process.exit(code));

// Kills processes of a portal of its own, in a temporary folder, and checks that nothing was lost or doubled.
await runEntry(async () => {
  const { suite, ...how } = readArguments();
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const { passed, failed } = await runSuite(suite, { ...how, say });
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});

interface Rounds {
  rounds: number;
  /** Number of the first, where a long count is done in slices. */
  from: number;
  rowsPerFile: number;
  seed: string;
  say: (line: string) => void;
}

function runSuite(suite: string, how: Rounds): Promise<{ passed: number; failed: number }> {
  how.say(`${how.rounds} rounds, seed ${how.seed}`);
  switch (suite) {
    case "core":
      return runCoreSuite(how);
    case "driving":
      return runDrivingSuite(how);
    case "runner":
      return runRunnerRounds({ runs: how.rounds, from: how.from, seed: how.seed, say: how.say });
    default:
      throw new AppError("invalid_input", `There is no chaos suite "${suite}". ${USAGE}`);
  }
}

function readArguments() {
  const text = { type: "string" } as const;
  const options = { runs: text, from: text, seed: text, rows: text };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  return {
    suite: positionals[0] ?? "core",
    rounds: wholeNumber("--runs", values.runs ?? "30"),
    from: wholeNumber("--from", values.from ?? "1"),
    rowsPerFile: wholeNumber("--rows", values.rows ?? "6000"),
    seed: values.seed ?? "1",
  };
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new AppError("invalid_input", `${option} ${text}: a whole number from 1. ${USAGE}`);
}
