import { createHash } from "node:crypto";
import type { StackSecrets } from "./data-dir.ts";

export interface StackEndpoints {
  dataDir: string;
  port: number;
  databaseUrl: string;
  /** Undefined with AWS itself as object storage. */
  s3Endpoint: string | undefined;
  secrets: StackSecrets;
  /** True when the object server is ours, so that its generated keys are the ones to use. */
  ownObjects: boolean;
}

/** The environment of every child: what the user set wins, what she left out comes from this start. */
export function stackEnvironment(given: NodeJS.ProcessEnv, stack: StackEndpoints): NodeJS.ProcessEnv {
  const { secrets } = stack;
  const url = portalUrl(given, stack.port);
  const sessionSecret = given.FIELDPORT_SECRET || given.NEXTAUTH_SECRET || secrets.sessionSecret;
  return {
    ...given,
    PORT: String(stack.port),
    FIELDPORT_DATA_DIR: stack.dataDir,
    FIELDPORT_URL: url,
    FIELDPORT_SECRET: sessionSecret,
    FIELDPORT_EVENT_SECRET: given.FIELDPORT_EVENT_SECRET || secrets.eventSecret,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: sessionSecret,
    DATABASE_URL: stack.databaseUrl,
    S3_BUCKET: given.S3_BUCKET || "fieldport",
    AWS_REGION: given.AWS_REGION || "us-east-1",
    ...(stack.s3Endpoint ? { S3_ENDPOINT: stack.s3Endpoint } : {}),
    ...(stack.ownObjects ? ownObjectKeys(secrets) : {}),
  };
}

/** Session tokens and profiles of an AWS login on this machine must not mix with the embedded server's keys. */
function ownObjectKeys(secrets: StackSecrets): Record<string, string | undefined> {
  return {
    AWS_ACCESS_KEY_ID: secrets.s3AccessKeyId,
    AWS_SECRET_ACCESS_KEY: secrets.s3SecretAccessKey,
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
  };
}

/** The portal's public address without a trailing slash. */
export function portalUrl(given: NodeJS.ProcessEnv, port: number): string {
  return (given.FIELDPORT_URL || given.NEXTAUTH_URL || `http://localhost:${port}`).replace(/\/$/, "");
}

/** Addresses under which a browser may open the portal, for the object storage's CORS rule. */
export function portalOrigins(url: string, port: number): string[] {
  return [new URL(url).origin, `http://localhost:${port}`, `http://127.0.0.1:${port}`];
}

/** PORT as a number; throws with what to set. */
export function parsePort(text: string | undefined): number {
  const port = Number(text || "3000");
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new RangeError(`PORT=${text} is no port number. Set PORT to a number from 1 to 65535, such as PORT=3000.`);
}

/** Recognises a database again without keeping its password. */
export function databaseFingerprint(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  return createHash("sha256").update(`${url.hostname}:${url.port}${url.pathname}`).digest("hex").slice(0, 16);
}
