import { AsyncLocalStorage } from "node:async_hooks";
import { env } from "#lib/env";
import { messageOf } from "#lib/errors";

const LEVELS = { silent: 99, error: 40, warn: 30, info: 20, debug: 10 } as const;
type Level = Exclude<keyof typeof LEVELS, "silent">;
type Fields = Record<string, unknown>;

const scope = new AsyncLocalStorage<Fields>();

/** Adds fields (request id, run id) to every line logged inside `fn`. */
export function withLogFields<T>(fields: Fields, fn: () => T): T {
  return scope.run({ ...scope.getStore(), ...fields }, fn);
}

function write(level: Level, event: string, fields: Fields): void {
  if (LEVELS[level] < LEVELS[env().FIELDPORT_LOG]) return;
  const entry: Fields = { at: new Date().toISOString(), level, event, ...scope.getStore(), ...fields };
  if (entry.error instanceof Error) entry.error = { message: entry.error.message, stack: entry.error.stack };
  let line: string;
  try {
    line = JSON.stringify(entry, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  } catch (error) {
    line = JSON.stringify({ level, event, unserialisable: messageOf(error) });
  }
  (level === "error" || level === "warn" ? process.stderr : process.stdout).write(`${line}\n`);
}

/** One JSON line per event: a name and fields, never payloads, positions or personal data. */
export const log = {
  debug: (event: string, fields: Fields = {}) => write("debug", event, fields),
  info: (event: string, fields: Fields = {}) => write("info", event, fields),
  warn: (event: string, fields: Fields = {}) => write("warn", event, fields),
  error: (event: string, fields: Fields = {}) => write("error", event, fields),
};
