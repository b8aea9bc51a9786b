import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listenOnLoopback, type Listening } from "../loopback.ts";

/** What goes wrong with one answer. */
export type Misdeed =
  "closed" | "slow" | "too_many" | "server_error" | "malformed" | "reset" | "reordered" | "duplicated" | "nulls";

export interface EmulatorOptions {
  /** What goes wrong with the n-th request (from 0); nothing when it answers null. */
  misbehave?: (request: number) => Misdeed | null;
  /** Requests a second before it answers 429; none refused when left out. */
  requestsPerSecond?: number;
  port?: number;
}

export interface EmulatedRequest {
  method: string;
  path: string;
  body: string;
  status: number;
}

export interface Emulator extends Listening {
  requests: EmulatedRequest[];
}

export interface EmulatedCall {
  method: string;
  url: URL;
  headers: IncomingMessage["headers"];
  body: string;
  /** Misdeeds inside the answer's data. */
  misdeed: Misdeed | null;
}

export type EmulatedAnswer = { status: number; json: unknown };

const SLOW_MS = 150;

/** A service on this machine that answers as `answer` says, and misbehaves as the plan says. */
export async function startEmulator(
  answer: (call: EmulatedCall) => EmulatedAnswer,
  { misbehave = () => null, requestsPerSecond = Infinity, port = 0 }: EmulatorOptions = {},
): Promise<Emulator> {
  const requests: EmulatedRequest[] = [];
  const startedAt: number[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const misdeed = misbehave(requests.length);
      const record: EmulatedRequest = { method: request.method ?? "", path: request.url ?? "", body, status: 0 };
      requests.push(record);
      startedAt.push(performance.now());
      const recent = startedAt.filter((at) => at > performance.now() - 1000).length;
      const isTooFast = recent > requestsPerSecond;
      if (isTooFast || misdeed === "too_many") {
        end(response, record, 429, "", { "retry-after": isTooFast ? "1" : "0" });
        return;
      }
      if (misdeed === "server_error") {
        end(response, record, 503, "try later");
        return;
      }
      if (misdeed === "closed") {
        end(response, record, 503, "closed for today", { "retry-after": "3600" });
        return;
      }
      if (misdeed === "reset") return request.socket.destroy();
      const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
      const { status, json } = answer({
        method: request.method ?? "GET",
        url,
        headers: request.headers,
        body,
        misdeed,
      });
      const text = JSON.stringify(json);
      if (misdeed === "malformed") {
        end(response, record, status, text.slice(0, text.length / 2));
        return;
      }
      if (misdeed === "slow") setTimeout(() => end(response, record, status, text), SLOW_MS);
      else end(response, record, status, text);
    });
  });
  return { ...(await listenOnLoopback(server, port)), requests };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString("utf8");
  return text;
}

function end(response: ServerResponse, record: EmulatedRequest, status: number, text: string, headers = {}): void {
  record.status = status;
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

/** A seeded plan: one request in `oneIn` goes wrong, in turn in each of these ways. */
export function misbehaveInTurn(misdeeds: readonly Misdeed[], oneIn = 3): (request: number) => Misdeed | null {
  return (request) =>
    request % oneIn === 1 ? (misdeeds[Math.floor(request / oneIn) % misdeeds.length] ?? null) : null;
}
