import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "#lib/errors";
import { actualHeaders, preflightHeaders } from "./cors.ts";
import type { ObjectEvent, ObjectServerLog } from "./events.ts";
import { EventQueue } from "./events.ts";
import { sendEmpty, sendXml } from "./exchange.ts";
import type { S3Request } from "./request.ts";
import { parseRequest } from "./request.ts";
import { findHandler } from "./routes.ts";
import type { S3Error } from "./s3-error.ts";
import { toS3Error } from "./s3-error.ts";
import type { Credentials } from "./signature.ts";
import { authenticate } from "./signature.ts";
import { Storage } from "./storage.ts";
import { textElement } from "./xml.ts";

export type { ObjectEvent, ObjectServerLog } from "./events.ts";

export interface ObjectServerOptions {
  /** Made when missing; belongs to this server alone. */
  dir: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  /** Called for every change, before it is posted to `eventUrl`. */
  onEvent?: (event: ObjectEvent) => void;
  eventUrl?: string;
  /** Sent to `eventUrl` as bearer token. */
  eventSecret?: string;
  log?: ObjectServerLog;
  now?: () => number;
}

export interface ObjectServer {
  /** Port 0 takes any free one. Rejects when the folder or the port cannot be used. */
  listen(port: number, host?: string): Promise<{ port: number; url: string }>;
  /** Ends open connections after a moment and lets go of the folder. */
  close(): Promise<void>;
}

const SILENT: ObjectServerLog = { warn: () => undefined, error: () => undefined };
const IDLE_TIMEOUT_MS = 120_000;
const KEEP_ALIVE_MS = 65_000;
const CLOSE_GRACE_MS = 3000;

interface Running {
  options: ObjectServerOptions;
  credentials: Credentials;
  storage: Storage;
  events: EventQueue;
  log: ObjectServerLog;
  now: () => number;
}

function sendError(response: ServerResponse, error: S3Error, { method, url }: IncomingMessage): void {
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  if (method === "HEAD") {
    response.writeHead(error.status).end();
    return;
  }
  const resource = (url ?? "").split("?")[0] ?? "";
  const fields = [textElement("Code", error.code), textElement("Message", error.message)];
  const requestId = String(response.getHeader("x-amz-request-id"));
  fields.push(textElement("Resource", resource), textElement("RequestId", requestId));
  sendXml(response, `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${fields.join("")}</Error>`, error.status);
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

async function answer(running: Running, request: S3Request, response: ServerResponse): Promise<void> {
  const { incoming, method } = request;
  const rules = running.storage.findBucket(request.bucket)?.cors ?? [];
  if (method === "OPTIONS") {
    sendEmpty(response, 200, preflightHeaders(rules, incoming.headers));
    return;
  }
  // Set first, so that a page can also read why it was refused.
  setHeaders(response, actualHeaders(rules, method, incoming.headers));
  const { credentials, storage, events, now } = running;
  const auth = authenticate(request, credentials, now());
  const startBody = (): void => {
    if (incoming.headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
  };
  await findHandler(request)({ request, auth, startBody, response, storage, events, now });
}

async function handle(running: Running, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader("x-amz-request-id", randomBytes(8).toString("hex").toUpperCase());
  try {
    await answer(running, parseRequest(incoming), response);
  } catch (thrown) {
    // A client that went away is not an error; what it had sent is gone already.
    if (incoming.destroyed && !incoming.complete) return;
    if (response.headersSent) {
      if (!response.destroyed) response.destroy();
      return;
    }
    const error = toS3Error(thrown);
    if (error.status >= 500 && error.status !== 501) {
      running.log.error("object-server.request-failed", { code: error.code, cause: messageOf(error.cause) });
    }
    sendError(response, error, incoming);
    // Whoever is still sending reads the answer only afterwards.
    incoming.resume();
  }
}

function listenOn(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("not listening on a port"));
      else resolve(address);
    });
  });
}

async function start(options: ObjectServerOptions, server: Server): Promise<Running> {
  const { dir, accessKeyId, secretAccessKey, region, log = SILENT, now = Date.now } = options;
  const storage = await Storage.open(dir, log);
  const events = new EventQueue({
    url: options.eventUrl,
    secret: options.eventSecret,
    region,
    onEvent: options.onEvent,
    log,
  });
  const running = { options, credentials: { accessKeyId, secretAccessKey, region }, storage, events, log, now };
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    void handle(running, incoming, response);
  };
  server.on("request", listener);
  // Answering this ourselves refuses a request before its body is sent.
  server.on("checkContinue", listener);
  return running;
}

/** An S3-protocol object server (path style, one account) that keeps its files under `dir`. */
export function createObjectServer(options: ObjectServerOptions): ObjectServer {
  // A slow line may take hours for one body: only silence ends a connection.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS });
  server.setTimeout(IDLE_TIMEOUT_MS);
  let running: Running | undefined;
  return {
    async listen(port, host = "127.0.0.1") {
      running = await start(options, server);
      const address = await listenOn(server, port, host);
      const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
      return { port: address.port, url: `http://${name}:${address.port}` };
    },
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeIdleConnections();
      const impatient = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
      await closed;
      clearTimeout(impatient);
      await running?.events.close();
      await running?.storage.close();
    },
  };
}
