import { backoffMs } from "./backoff.ts";
import { classifyApiFailure, toFailure } from "./failure.ts";
import type { LinkWatch } from "./link-watch.ts";
import type { UploadPorts } from "./types.ts";
import { sleepOrOnline, whenOnline } from "./waits.ts";

export const BUSY_ATTEMPTS_MAX = 8;

export interface RetryScope {
  ports: Pick<UploadPorts, "clock" | "online" | "random">;
  link: LinkWatch;
  signal: AbortSignal;
}

/**
 * Repeats an API request until it passes: lost ones for as long as the network is away, refused-for-now ones eight
 * times. Rejects with the last `TransferFailure`, or with the signal's reason.
 */
export async function retryApi<T>(scope: RetryScope, request: () => Promise<T>): Promise<T> {
  const { ports, link, signal } = scope;
  let busy = 0;
  let lost = 0;
  for (;;) {
    await whenOnline(ports.online, signal);
    try {
      const answer = await request();
      link.passed();
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      const failure = toFailure(error);
      const kind = classifyApiFailure(failure);
      if (kind === "permanent") throw failure;
      if (kind === "busy" && ++busy >= BUSY_ATTEMPTS_MAX) throw failure;
      if (kind === "network") {
        lost += 1;
        link.failed();
      }
      const attempt = kind === "network" ? lost : busy;
      const delayMs = backoffMs({ attempt, random: ports.random(), retryAfterMs: failure.retryAfterMs });
      await sleepOrOnline(ports, delayMs, signal);
    }
  }
}
