import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { messageOf } from "#lib/errors";
import { closeLive } from "#lib/live/subscribe";
import type { ChaosHosts } from "./hosts.ts";
import { playRun, WatchedPool } from "./play-run.ts";
import type { Scenario } from "./scenarios.ts";

/** Runs at once: as many as a small machine has processors. */
const LANES = 2;

interface Suite {
  scenarios: readonly Scenario[];
  hosts: ChaosHosts;
  say: (line: string) => void;
}

/** Plays each scenario; after each there is one final state, one log, and nothing left of it. */
export async function runRunnerSuite({ scenarios, hosts, say }: Suite): Promise<{ passed: number; failed: number }> {
  const waiting = [...scenarios.entries()];
  let [passed, failed] = [0, 0];
  const playLane = async () => {
    const pool = new WatchedPool();
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, scenario] = next;
      const startedMs = performance.now();
      const complaints = await playRun({ scenario, hosts, pool }).catch((error: unknown) => [messageOf(error)]);
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
      if (complaints.length === 0) passed += 1;
      else failed += 1;
      const verdict = complaints.length === 0 ? "ok" : "FAILED";
      say(
        `${verdict} ${index + 1}/${scenarios.length} ${scenario.name} (${seconds} s) ${complaints.join("; ")}`.trim(),
      );
    }
    pool.close();
  };
  try {
    await Promise.all(Array.from({ length: LANES }, playLane));
  } finally {
    await closeLive();
    await closeDb();
    await closePool();
  }
  return { passed, failed };
}
