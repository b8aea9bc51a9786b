import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const ENTRY = fileURLToPath(new URL("../../../testing/chaos/runner-rounds.ts", import.meta.url));
const outcome = z.object({ passed: z.number(), failed: z.number() });
const message = z.union([z.object({ line: z.string() }), outcome]);

/** Of each dozen runs: six in sandboxes, three on machines that only pretend, three in a portal that is being killed. */
const PARTS = [
  { where: "sandbox", begin: 0, end: 6 },
  { where: "fake", begin: 6, end: 9 },
  { where: "portal", begin: 9, end: 12 },
] as const;
const DOZEN = 12;

interface Runs {
  /** Number of the first run, from 1: a long count may be done in slices. */
  from: number;
  runs: number;
  seed: string;
  say: (line: string) => void;
}

type Part = (typeof PARTS)[number];

/** Each part plays in a process of its own, because an environment is read once. */
export async function runRunnerRounds({ from, runs, seed, say }: Runs): Promise<z.output<typeof outcome>> {
  const sum = { passed: 0, failed: 0 };
  for (const part of PARTS) {
    const skipped = shareOf(part, from - 1);
    const own = shareOf(part, from - 1 + runs) - skipped;
    if (own === 0) continue;
    const { passed, failed } = await playPart([part.where, String(own), String(skipped), seed], say);
    say(`${part.where}: ${passed} of ${own} runs`);
    sum.passed += passed;
    // A part that broke down has failed in everything it did not tell of.
    sum.failed += Math.max(failed, own - passed);
  }
  return sum;
}

function shareOf({ begin, end }: Part, runs: number): number {
  const rest = runs % DOZEN;
  return Math.floor(runs / DOZEN) * (end - begin) + Math.max(0, Math.min(rest, end) - begin);
}

function playPart(args: string[], say: Runs["say"]): Promise<z.output<typeof outcome>> {
  const child = fork(ENTRY, args, { execArgv: ["--disable-warning=ExperimentalWarning"] });
  return new Promise((resolve) => {
    let result = { passed: 0, failed: 0 };
    child.on("message", (told) => {
      const parsed = message.safeParse(told);
      if (!parsed.success) return;
      if ("line" in parsed.data) say(parsed.data.line);
      else result = parsed.data;
    });
    child.once("exit", () => resolve(result));
  });
}
