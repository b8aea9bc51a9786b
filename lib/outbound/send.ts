import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AppError } from "#lib/errors";

export interface OutgoingRequest {
  method: "GET" | "POST";
  url: URL;
  headers: Record<string, string>;
  body?: string;
  /** Where to connect to: the address that was checked, not one that the name gives a moment later. */
  connectTo: { address: string; family: number };
  timeoutMs: number;
  bytesMax: number;
  signal: AbortSignal | undefined;
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** One request, one answer, whole and in memory; throws when the connection breaks, is slow, or the answer too large. */
export async function send(request: OutgoingRequest): Promise<Answer> {
  const { url, body, connectTo, timeoutMs } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  const lookup: LookupFunction = (_host, options, done) =>
    options.all ? done(null, [connectTo]) : done(null, connectTo.address, connectTo.family);
  try {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const client = url.protocol === "https:" ? https : http;
      const headers = { "accept-encoding": "gzip", ...request.headers };
      const outgoing = client.request(url, { method: request.method, headers, lookup, signal, agent: false }, resolve);
      outgoing.on("error", reject);
      outgoing.end(body);
    });
    const text = await readText(response, request.bytesMax, signal);
    return { status: response.statusCode ?? 0, headers: response.headers, text };
  } catch (error) {
    request.signal?.throwIfAborted();
    if (timeout.aborted) throw new Error(`no answer within ${Math.round(timeoutMs / 1000)} s`, { cause: error });
    throw error;
  }
}

async function readText(response: http.IncomingMessage, bytesMax: number, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > bytesMax) {
        throw new AppError("too_large", `The answer is larger than ${bytesMax / 2 ** 20} MB. Ask for less at once.`);
      }
      chunks.push(chunk);
    }
  };
  if (response.headers["content-encoding"] === "gzip") await pipeline(response, createGunzip(), collect, { signal });
  else await pipeline(response, collect, { signal });
  return Buffer.concat(chunks).toString("utf8");
}
