import { isAppError } from "#lib/errors";

/** Runs a command: an expected failure prints its one line, anything else its stack; both exit with 1. */
export async function runEntry(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    printFailure(error);
    process.exitCode = 1;
  }
}

export function printFailure(error: unknown): void {
  const isExpected = isAppError(error) || error instanceof RangeError;
  const text = isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
}
