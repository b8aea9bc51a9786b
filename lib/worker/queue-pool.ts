import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { env } from "#lib/env";
import { messageOf } from "#lib/errors";
import { log } from "#lib/log";
import { isTemporaryFailure } from "#lib/runs/execute/temporary-failure";

const PAUSE_MS = 500;

type OnConnected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/**
 * The queue's own connections. graphile-worker reports an ended job exactly once and ends the process when the
 * database is away at that moment; here such a report waits until the database is back. Starting waits the same way.
 */
export class QueuePool extends pg.Pool {
  #isClosing = false;

  constructor(size: number) {
    super({
      connectionString: env().DATABASE_URL,
      max: size,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      application_name: "fieldport-queue",
      options: "-c timezone=UTC",
    });
    const noteLoss = (error: Error) => log.warn("queue.connection_lost", { error: error.message });
    this.on("error", noteLoss);
    // Unheard, the error of a connection in use would end the process.
    this.on("connect", (client) => client.on("error", noteLoss));
  }

  /** From now on an absent database is an error, so that a worker can stop without one. */
  giveUpWaiting(): void {
    this.#isClosing = true;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: OnConnected): void;
  override connect(callback?: OnConnected): Promise<pg.PoolClient> | void {
    // The listening connection comes with a callback and has its own way of trying again.
    if (!callback) return this.#connectPatiently();
    super.connect(callback);
  }

  async #connectPatiently(): Promise<pg.PoolClient> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await super.connect();
      } catch (error) {
        if (this.#isClosing || !isTemporaryFailure(error)) throw error;
        if (tries === 1) log.warn("queue.database_away", { error: messageOf(error) });
        await delay(PAUSE_MS);
      }
    }
  }
}
