import type { z } from "zod";
import { systemContext } from "#lib/auth/context";
import { env } from "#lib/env";
import { log } from "#lib/log";
import { parseKey } from "#lib/objects/keys";
import type { uploadEvent } from "../schema.ts";
import { acceptStoredObject } from "./accept-stored-object.ts";
import { takeInDroppedObject } from "./take-in-dropped.ts";

type Event = z.output<typeof uploadEvent>;

/** Storage reports new objects at least once, in any order; every report ends in the same idempotent handling. */
export async function handleStorageEvent(event: Event, now: Date): Promise<{ handled: number }> {
  let handled = 0;
  for (const key of keysOf(event)) {
    const parsed = parseKey(key);
    if (!parsed) {
      log.debug("storage_event.foreign_key");
      continue;
    }
    const ctx = systemContext(parsed.workspaceId, "storage event", now);
    if (parsed.area === "uploads") handled += Number(await acceptStoredObject(ctx, parsed.uploadId));
    if (parsed.area === "drop") handled += Number(await takeInDroppedObject(ctx, key));
  }
  return { handled };
}

function keysOf(event: Event): string[] {
  const bucket = env().S3_BUCKET;
  const records = event.Records.filter(
    (record) => /ObjectCreated/.test(record.eventName) && record.s3.bucket.name === bucket,
  );
  // S3 notifications encode keys like form data: spaces arrive as plus signs. EventBridge sends them plain.
  const keys = records.map((record) => decodeURIComponent(record.s3.object.key.replaceAll("+", " ")));
  if (event.detail?.bucket.name === bucket) keys.push(event.detail.object.key);
  return keys;
}
