import pg from "pg";
import { env } from "#lib/env";
import { messageOf } from "#lib/errors";
import { log } from "#lib/log";
import { LIVE_CHANNEL, liveMessage, type LiveMessage } from "./channel.ts";

type Listener = (message: LiveMessage | "reconnected") => void;

interface Hub {
  listeners: Set<Listener>;
  client: pg.Client | null;
  /** Set while connected or connecting. */
  ready: Promise<void> | null;
  backoffMs: number;
}

// One LISTEN connection per process, however many streams it serves; kept across development reloads.
const holder = globalThis as typeof globalThis & { fieldportHub?: Hub };
const hub = (holder.fieldportHub ??= { listeners: new Set(), client: null, ready: null, backoffMs: 250 });

async function connect(): Promise<void> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: "fieldport-live",
    keepAlive: true,
  });
  client.on("notification", ({ payload }) => deliver(payload));
  client.on("error", (error) => lost(client, error));
  client.on("end", () => lost(client, new Error("connection ended")));
  await client.connect();
  await client.query(`listen ${LIVE_CHANNEL}`);
  hub.client = client;
  hub.backoffMs = 250;
}

function deliver(payload: string | undefined): void {
  const parsed = liveMessage.safeParse(JSON.parse(payload ?? "null"));
  if (!parsed.success) return;
  for (const listener of [...hub.listeners]) listener(parsed.data);
}

function lost(client: pg.Client, error: Error): void {
  if (hub.client !== client) return;
  hub.client = null;
  hub.ready = null;
  log.warn("live.connection_lost", { error: error.message });
  client.end().catch(() => undefined);
  reconnectSoon();
}

function reconnectSoon(): void {
  if (hub.listeners.size === 0) return;
  const delayMs = hub.backoffMs;
  hub.backoffMs = Math.min(hub.backoffMs * 2, 10_000);
  setTimeout(() => {
    // Messages sent meanwhile are gone: listeners read their state again.
    ensureConnected().then(
      () => hub.listeners.forEach((listener) => listener("reconnected")),
      (error: unknown) => {
        log.warn("live.reconnect_failed", { error: messageOf(error) });
        reconnectSoon();
      },
    );
  }, delayMs).unref();
}

function ensureConnected(): Promise<void> {
  hub.ready ??= connect().catch((error: unknown) => {
    hub.ready = null;
    throw error;
  });
  return hub.ready;
}

/** Calls `listener` for every message of this process's LISTEN connection until the returned function is called. */
export async function subscribe(listener: Listener): Promise<() => void> {
  hub.listeners.add(listener);
  try {
    await ensureConnected();
  } catch (error) {
    hub.listeners.delete(listener);
    throw error;
  }
  return () => {
    hub.listeners.delete(listener);
  };
}

export async function closeLive(): Promise<void> {
  hub.listeners.clear();
  const { client } = hub;
  hub.client = null;
  hub.ready = null;
  await client?.end();
}
