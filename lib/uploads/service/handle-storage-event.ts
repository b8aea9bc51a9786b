import type { z } from "zod";
import { systemContext } from "#lib/auth/context";
import { env } from "#lib/env";
import { enqueueJob } from "#lib/jobs/enqueue";
import { log } from "#lib/log";
import { parseKey } from "#lib/objects/keys";
import type { uploadEvent } from "../schema.ts";
import { findOldestWorkspaceId } from "../store.ts";
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
    if (parsed.area === "app-input") {
      handled += Number(await enqueueAppInput(parsed.workspaceId, key));
      continue;
    }
    const ctx = systemContext(parsed.workspaceId, "storage event", now);
    if (parsed.area === "uploads") handled += Number(await acceptStoredObject(ctx, parsed.uploadId));
    if (parsed.area === "drop") handled += Number(await takeInDroppedObject(ctx, key));
  }
  return { handled };
}

/** What lies at the top of the bucket is the oldest workspace's. */
async function enqueueAppInput(inWorkspaceId: string | null, objectKey: string): Promise<boolean> {
  const workspaceId = inWorkspaceId ?? (await findOldestWorkspaceId());
  if (workspaceId === null) return false;
  const payload = { workspaceId, objectKey };
  await enqueueJob({ workspaceId }, { name: "take-in-app-input", payload, key: `app-input:${objectKey}` });
  return true;
}

function keysOf(event: Event): string[] {
  const bucket = env().S3_BUCKET;
  const records = event.Records.filter(
    (record) => /ObjectCreated/.test(record.eventName) && record.s3.bucket.name === bucket,
  );
  // S3 notifications encode keys like form data: spaces arrive as plus signs. EventBridge sends them plain.
  const keys = records.flatMap((record) => decodeKey(record.s3.object.key) ?? []);
  if (event.detail?.bucket.name === bucket) keys.push(event.detail.object.key);
  return keys;
}

/** Null for what is no encoded key: the other records of its event still count. */
function decodeKey(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded.replaceAll("+", " "));
  } catch {
    log.warn("storage_event.unreadable_key");
    return null;
  }
}
