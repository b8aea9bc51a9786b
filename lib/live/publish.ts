import { inWorkspace } from "#lib/db/client";
import { LIVE_CHANNEL, type LiveMessage } from "./channel.ts";

/** Tells every process that something changed; inside a transaction it is sent when that commits. */
export async function publish(message: LiveMessage): Promise<void> {
  const text = JSON.stringify(message);
  await inWorkspace(message, (tx) => tx.$queryRaw`select pg_notify(${LIVE_CHANNEL}, ${text})::text`);
}
