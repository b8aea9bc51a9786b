import { join } from "node:path";
import { AppError } from "#lib/errors";
import { parsePort, stackEnvironment } from "./config.ts";
import { openDataDir, prepareDataDir } from "./data-dir.ts";
import { embeddedDatabaseUrl } from "./postgres.ts";
import { printFailure } from "./entry.ts";
import { findHolder } from "./lock-path.ts";

// Imported first by commands that work beside a running portal (a further worker, a new API key): gives them the
// database and storage of the portal on FIELDPORT_DATA_DIR. With DATABASE_URL and S3_ENDPOINT set nothing is looked up.
try {
  if (!process.env.DATABASE_URL || !process.env.S3_ENDPOINT) take(lookUpStack());
} catch (error) {
  printFailure(error);
  process.exit(1);
}

/** Assigned as it is, what must not be set would be set: to the text "undefined". */
function take(found: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(found)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

function lookUpStack(): NodeJS.ProcessEnv {
  const path = prepareDataDir(process.env.FIELDPORT_DATA_DIR || ".fieldport");
  if (!findHolder(join(path, "portal.lock"))) {
    const advice = "Run npm start first (with the same FIELDPORT_DATA_DIR), or set DATABASE_URL and S3_ENDPOINT.";
    throw new AppError("unavailable", `No portal runs on ${path}. ${advice}`);
  }
  const dataDir = openDataDir(path);
  const { portalPort, portalUrl, postgresPort, objectServerPort } = dataDir.state();
  const given = { ...process.env, FIELDPORT_URL: process.env.FIELDPORT_URL || portalUrl };
  return stackEnvironment(given, {
    dataDir: path,
    port: portalPort ?? parsePort(process.env.PORT),
    databaseUrl:
      process.env.DATABASE_URL || embeddedDatabaseUrl(required(postgresPort, "DATABASE_URL"), dataDir.secrets),
    s3Endpoint: process.env.S3_ENDPOINT || `http://127.0.0.1:${required(objectServerPort, "S3_ENDPOINT")}`,
    secrets: dataDir.secrets,
    ownObjects: !process.env.S3_ENDPOINT,
  });
}

function required(port: number | undefined, variable: string): number {
  if (port !== undefined) return port;
  throw new AppError("unavailable", `The running portal was given ${variable}; set the same ${variable} here.`);
}
