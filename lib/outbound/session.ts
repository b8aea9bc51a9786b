import { AppError, isAppError, messageOf } from "#lib/errors";
import { createRandom, type Random } from "#lib/math/random";
import { allowedPrivateHosts } from "./allowed-hosts.ts";
import { createPace, realClock, type Clock } from "./pace.ts";
import { resolvePublicAddress, type Lookup } from "./private-address.ts";
import { PassingFailure, readRetryAfter, retry } from "./retry.ts";
import { send, type Answer } from "./send.ts";

const REDIRECTS_MAX = 5;

export interface SessionOptions {
  /** Whom we talk to, for sentences: "The GROW node". */
  name: string;
  requestsPerSecond: number;
  /** Sent with every request, never shown; not sent on to another host. */
  headers?: Record<string, string>;
  timeoutMs?: number;
  attemptsMax?: number;
  waitMsMax?: number;
  bytesMax?: number;
  signal?: AbortSignal;
  onRetry?: (why: string) => void;
  clock?: Clock;
  random?: Random;
  lookup?: Lookup;
}

/** Requests to one service: paced, bounded, tried again where that helps, and never into our own network. */
export interface Session {
  get: <T>(url: string, read: (text: string) => T) => Promise<T>;
  post: <T>(url: string, body: unknown, read: (text: string) => T) => Promise<T>;
}

/**
 * Opens a session. `read` parses the answer's text; what it throws counts as a broken answer and is asked for again.
 * Throws `unprocessable` for what asking again does not change (refused keys, bad requests), `unavailable` otherwise.
 */
export function openSession(options: SessionOptions): Session {
  const clock = options.clock ?? realClock;
  const pace = createPace(options.requestsPerSecond, clock);
  const random = options.random ?? createRandom(options.name);
  const { signal, name } = options;

  const ask = <T>(request: Omit<Asked, "options">, read: (text: string) => T): Promise<T> =>
    retry(
      async () => {
        await pace(signal);
        const answer = await follow({ ...request, options });
        const text = judge(answer, name);
        try {
          return read(text);
        } catch (error) {
          if (isAppError(error)) throw error;
          throw new PassingFailure(`${name} sent an answer that cannot be read (${messageOf(error)}).`);
        }
      },
      {
        attemptsMax: options.attemptsMax ?? 6,
        waitMsMax: options.waitMsMax ?? 120_000,
        ...{ clock, random, signal },
        onRetry: ({ waitMs, why }) => options.onRetry?.(`${why} Asking again in ${Math.ceil(waitMs / 1000)} s.`),
      },
    );

  return {
    get: (url, read) => ask({ method: "GET", url: new URL(url) }, read),
    post: (url, body, read) => ask({ method: "POST", url: new URL(url), body: JSON.stringify(body) }, read),
  };
}

interface Asked {
  method: "GET" | "POST";
  url: URL;
  body?: string;
  options: SessionOptions;
}

async function follow({ method, url, body, options }: Asked): Promise<Answer> {
  const { name, signal, lookup } = options;
  const allowed = allowedPrivateHosts();
  let target = url;
  for (let hops = 0; ; hops++) {
    // A key belongs to the host it was given for.
    const own = target.host === url.host ? options.headers : {};
    const answer = await send({
      method,
      url: target,
      headers: {
        accept: "application/json, text/csv;q=0.9",
        ...(body ? { "content-type": "application/json" } : {}),
        ...own,
      },
      ...(body === undefined ? {} : { body }),
      connectTo: await resolvePublicAddress(target, { allowed, ...(lookup ? { lookup } : {}) }),
      timeoutMs: options.timeoutMs ?? 60_000,
      bytesMax: options.bytesMax ?? 64 * 2 ** 20,
      signal,
    }).catch((error: unknown) => {
      signal?.throwIfAborted();
      if (isAppError(error)) throw error;
      throw new PassingFailure(`${name} cannot be reached (${messageOf(error)}).`);
    });
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
    if (location === undefined) return answer;
    if (method === "POST") {
      throw new AppError("unprocessable", `${name} has moved to ${location}. Change its address.`);
    }
    if (hops >= REDIRECTS_MAX)
      throw new AppError("unprocessable", `${name} sends us round in circles. Check its address.`);
    target = new URL(location, target);
  }
}

/** The text of a good answer; anything else as the failure it is. */
function judge({ status, headers, text }: Answer, name: string): string {
  if (status >= 200 && status < 300) return text;
  if (status === 429 || status === 408 || status >= 500) {
    const afterMs = readRetryAfter(headers["retry-after"], Date.now());
    throw new PassingFailure(`${name} answered ${status}${status === 429 ? " (too many requests)" : ""}.`, afterMs);
  }
  if (status === 401 || status === 403) {
    throw new AppError(
      "unprocessable",
      `${name} refuses our key (${status}). Enter a valid key in the pipeline's settings.`,
    );
  }
  const said = text.replaceAll(/\s+/g, " ").slice(0, 200);
  throw new AppError(
    "unprocessable",
    `${name} answered ${status}: ${said || "nothing"}. Check the pipeline's settings.`,
  );
}
