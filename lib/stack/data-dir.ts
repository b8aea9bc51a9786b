import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { AppError, messageOf } from "#lib/errors";
import { recordedProcess } from "./processes.ts";

/** What one start leaves for the next and for `npm run worker`: ports, places, running children. */
const stateSchema = z.object({
  portalPort: z.number().int().optional(),
  portalUrl: z.string().optional(),
  postgresPort: z.number().int().optional(),
  /** Set when PostgreSQL's user cannot reach the data folder and its files had to live elsewhere. */
  postgresDir: z.string().optional(),
  objectServerPort: z.number().int().optional(),
  children: z.record(z.string(), recordedProcess).default({}),
  /** Databases (by fingerprint of their address) whose first-start content exists. */
  seeded: z.array(z.string()).default([]),
  adminEmail: z.string().optional(),
});
export type StackState = z.infer<typeof stateSchema>;

const secretsSchema = z.object({
  postgresPassword: z.string(),
  databasePassword: z.string(),
  s3AccessKeyId: z.string(),
  s3SecretAccessKey: z.string(),
  sessionSecret: z.string(),
  eventSecret: z.string(),
});
export type StackSecrets = z.infer<typeof secretsSchema>;

export interface DataDir {
  path: string;
  secrets: StackSecrets;
  state: () => StackState;
  update: (change: Partial<StackState>) => void;
}

/**
 * Opens the folder that holds everything an embedded portal keeps; secrets are made at the first opening, so the
 * caller holds the folder's lock by then.
 */
export function openDataDir(given: string): DataDir {
  const path = prepareDataDir(given);
  const statePath = join(path, "state.json");
  const state = () => readState(statePath);
  return {
    path,
    secrets: readOrCreateSecrets(join(path, "secrets.json")),
    state,
    update: (change) => replaceFile(statePath, JSON.stringify({ ...state(), ...change }, null, 2), 0o644),
  };
}

/** Creates the folder when needed and returns its absolute path; one clear line when it cannot be written. */
export function prepareDataDir(given: string): string {
  const path = resolve(given);
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 });
    mkdirSync(join(path, "logs"), { recursive: true });
    accessSync(path, constants.W_OK | constants.X_OK);
    return path;
  } catch (error) {
    const change = "Make it writable or set FIELDPORT_DATA_DIR to another folder.";
    throw new AppError("unavailable", `Cannot write to ${path} (${codeOf(error)}). ${change}`, { cause: error });
  }
}

function readOrCreateSecrets(path: string): StackSecrets {
  if (existsSync(path)) {
    try {
      return secretsSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    } catch (error) {
      const advice = "Restore it from a backup; without it the database in this folder cannot be opened.";
      throw new AppError("unavailable", `${path} cannot be read (${codeOf(error)}). ${advice}`, { cause: error });
    }
  }
  const secret = () => randomBytes(32).toString("base64url");
  const created: StackSecrets = {
    postgresPassword: secret(),
    databasePassword: secret(),
    s3AccessKeyId: `FP${randomBytes(9).toString("hex").toUpperCase()}`,
    s3SecretAccessKey: secret(),
    sessionSecret: secret(),
    eventSecret: secret(),
  };
  replaceFile(path, JSON.stringify(created, null, 2), 0o600);
  return created;
}

/** Lost or damaged state costs a new port, never data, so it is rebuilt rather than refused. */
function readState(path: string): StackState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return stateSchema.parse({});
  }
}

/** Written beside and renamed, so that a kill in between leaves the old file whole. */
function replaceFile(path: string, text: string, mode: number): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, `${text}\n`, { mode });
  renameSync(draft, path);
}

function codeOf(error: unknown): string {
  if (error instanceof z.ZodError || error instanceof SyntaxError) return "not valid";
  return error instanceof Error && "code" in error ? String(error.code) : messageOf(error);
}
