import type { ServerResponse } from "node:http";
import type { SignedRequest } from "./body.ts";
import type { EventQueue, ObjectEvent } from "./events.ts";
import type { ObjectRecord } from "./records.ts";
import type { Storage } from "./storage.ts";

/** One verified request with all that is needed to answer it. */
export interface Exchange extends SignedRequest {
  response: ServerResponse;
  storage: Storage;
  events: EventQueue;
  now: () => number;
}

export function sendXml(response: ServerResponse, body: string, status = 200): void {
  const headers = { "content-type": "application/xml", "content-length": Buffer.byteLength(body) };
  response.writeHead(status, headers).end(body);
}

export function sendEmpty(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  // 204 and 304 have no body by definition and must not speak of its length.
  response.writeHead(status, status === 204 || status === 304 ? headers : { ...headers, "content-length": "0" }).end();
}

export function publishCreated(
  { events, request }: Exchange,
  eventName: ObjectEvent["eventName"],
  object: ObjectRecord,
) {
  const { key, sizeBytes, etag, sequencer } = object;
  const eventTime = new Date(object.modifiedAtMs).toISOString();
  events.publish({ eventName, eventTime, bucket: request.bucket, key, sizeBytes, etag, sequencer });
}
