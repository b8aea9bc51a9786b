const SIGNALS: Readonly<Record<number, readonly [string, string]>> = {
  1: ["HUP", "told to hang up"],
  2: ["INT", "interrupted"],
  3: ["QUIT", "told to quit"],
  4: ["ILL", "crashed: an instruction this processor does not have, often of a package built for another one"],
  6: ["ABRT", "gave itself up, often in a package written in C"],
  7: ["BUS", "crashed: memory that cannot be reached, often a mapped file on a full disk"],
  8: ["FPE", "crashed: an impossible calculation in a package written in C"],
  9: ["KILL", "killed: out of memory, or by something it started"],
  11: ["SEGV", "crashed: memory that is not its own, often in a package written in C"],
  13: ["PIPE", "wrote to a program that had ended"],
  14: ["ALRM", "ended by an alarm it had set itself"],
  15: ["TERM", "told to end, and ended"],
  24: ["XCPU", "used up its processor time"],
  25: ["XFSZ", "wrote a file larger than allowed"],
  31: ["SYS", "crashed: a system call that the sandbox refuses"],
};

const CODES: Readonly<Record<number, string>> = {
  0: "ended well",
  1: "an error that it did not catch, or its own choice",
  2: "wrong arguments, as most programs mean it, or the entry point cannot be opened",
  120: "its last output could not be written",
  124: "stopped by timeout",
  126: "a program that may not be executed",
  127: "a program that is not there",
  255: "ended with -1, or with a number above 255",
};

/** An exit code as shells write it: a program ended by signal 9 has 137. */
export function shellExitCode(exitCode: number): number {
  return exitCode < 0 ? 128 - exitCode : exitCode;
}

/** What an exit code says; null when it is the program's own and says nothing to others. */
export function exitWords(exitCode: number): string | null {
  const code = shellExitCode(exitCode);
  const known = CODES[code];
  if (known) return known;
  const [name, words] = SIGNALS[code - 128] ?? [];
  if (name) return `${words} (${name})`;
  return code > 128 && code <= 192 ? `ended by signal ${code - 128}` : null;
}
