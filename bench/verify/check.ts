/** One comparison of a number of ours with the reference. */
export interface Check {
  name: string;
  passed: boolean;
  /** What was expected and what came out. */
  detail: string;
}

export interface VerifierModule {
  /** `dataDir`, `referenceDir`: absolute folders. `say` prints a line for people. */
  verify: (request: VerifyRequest) => AsyncIterable<Check> | Iterable<Check>;
}

export interface VerifyRequest {
  dataDir: string;
  referenceDir: string;
  say: (line: string) => void;
}

/** Passes when the two differ by at most `tolerance`. */
export function compareNumbers(name: string, actual: number, expected: number, tolerance: number): Check {
  const passed = Math.abs(actual - expected) <= tolerance;
  return { name, passed, detail: `expected ${expected}, got ${actual} (tolerance ${tolerance})` };
}
