import { LiveFeed } from "./live-feed.ts";

// Kept across development reloads, so that no feed runs twice.
const holder = globalThis as typeof globalThis & { fieldportDrivingFeeds?: Map<string, Promise<LiveFeed>> };
const feeds = (holder.fieldportDrivingFeeds ??= new Map<string, Promise<LiveFeed>>());
/** A reload of the page must not stop and start the feed. */
const LINGER_MS = 5000;

/** The running feed of a workspace; the first viewer starts it. */
export function feedOf(workspaceId: string): Promise<LiveFeed> {
  const known = feeds.get(workspaceId);
  if (known) return known;
  const started = startFeed(workspaceId);
  feeds.set(workspaceId, started);
  started.catch(() => feeds.delete(workspaceId));
  return started;
}

async function startFeed(workspaceId: string): Promise<LiveFeed> {
  const feed = new LiveFeed(workspaceId);
  try {
    await feed.start();
  } catch (error) {
    feed.stop();
    throw error;
  }
  return feed;
}

/** Stops the feed some seconds after its last viewer has gone. */
export function releaseFeed(workspaceId: string, feed: LiveFeed): void {
  if (!feed.isIdle) return;
  setTimeout(() => {
    if (!feed.isIdle) return;
    feed.stop();
    feeds.delete(workspaceId);
  }, LINGER_MS).unref();
}

export async function closeFeeds(): Promise<void> {
  const running = [...feeds.values()];
  feeds.clear();
  for (const feed of await Promise.allSettled(running)) if (feed.status === "fulfilled") feed.value.stop();
}
