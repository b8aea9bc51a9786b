import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const ENTRY = fileURLToPath(new URL("../../../testing/chaos/runner-rounds.ts", import.meta.url));
const outcome = z.object({ passed: z.number(), failed: z.number() });
const message = z.union([z.object({ line: z.string() }), outcome]);

interface Rounds {
  executor: "sandbox" | "fake";
  rounds: number;
  say: (line: string) => void;
}

/** Plays rounds in a process of its own, because an environment is read once. */
export function runRunnerRounds({ executor, rounds, say }: Rounds): Promise<z.output<typeof outcome>> {
  const child = fork(ENTRY, [executor, String(rounds)], { execArgv: ["--disable-warning=ExperimentalWarning"] });
  return new Promise((resolve) => {
    let result = { passed: 0, failed: rounds };
    child.on("message", (told) => {
      const parsed = message.safeParse(told);
      if (!parsed.success) return;
      if ("line" in parsed.data) say(parsed.data.line);
      else result = parsed.data;
    });
    child.once("exit", () => resolve(result));
  });
}
