import { join } from "node:path";
import { AppError } from "#lib/errors";
import { portalPortOf, stackEnvironment } from "./config.ts";
import { openDataDir, prepareDataDir } from "./data-dir.ts";
import { embeddedDatabaseUrl } from "./postgres.ts";
import { printFailure } from "./entry.ts";
import { findHolder } from "./lock-path.ts";

// Imported first by commands that work beside a running portal (a further worker, a new API key): gives them the
// database and storage of the portal on FIELDPORT_DATA_DIR. With DATABASE_URL and S3_ENDPOINT set nothing is looked up.
try {
  if (!process.env.DATABASE_URL || !process.env.S3_ENDPOINT) Object.assign(process.env, lookUpStack());
} catch (error) {
  printFailure(error);
  process.exit(1);
}

function lookUpStack(): NodeJS.ProcessEnv {
  const path = prepareDataDir(process.env.FIELDPORT_DATA_DIR || ".fieldport");
  if (!findHolder(join(path, "portal.lock"))) {
    const advice = "Run npm start first (with the same FIELDPORT_DATA_DIR), or set DATABASE_URL and S3_ENDPOINT.";
    throw new AppError("unavailable", `No portal runs on ${path}. ${advice}`);
  }
  const dataDir = openDataDir(path);
  const { portalUrl, postgresPort, objectServerPort } = dataDir.state();
  return stackEnvironment(process.env, {
    dataDir: path,
    port: portalPortOf(portalUrl),
    databaseUrl: process.env.DATABASE_URL || embeddedDatabaseUrl(postgresPort ?? 0, dataDir.secrets),
    s3Endpoint: process.env.S3_ENDPOINT || `http://127.0.0.1:${objectServerPort}`,
    secrets: dataDir.secrets,
    ownObjects: !process.env.S3_ENDPOINT,
  });
}
