import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

const problemSchema = z.object({ detail: z.string() });

/** Polls an address until it answers 200. Returns null then, or after `timeoutMs` the last reason it did not. */
export async function waitForHealth(url: string, timeoutMs: number): Promise<string | null> {
  const endsAt = performance.now() + timeoutMs;
  let reason = "no answer";
  while (performance.now() < endsAt) {
    const outcome = await ask(url);
    if (outcome === null) return null;
    reason = outcome;
    await delay(100);
  }
  return reason;
}

async function ask(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    const text = await response.text();
    return response.status === 200 ? null : `HTTP ${response.status}${detailOf(text)}`;
  } catch {
    return "no answer";
  }
}

function detailOf(text: string): string {
  try {
    return `, ${problemSchema.parse(JSON.parse(text)).detail}`;
  } catch {
    return "";
  }
}
