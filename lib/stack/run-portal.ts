import { join } from "node:path";
import { AppError } from "#lib/errors";
import { ensureBasemap, ensureBuild, ensurePrismaClient } from "./build.ts";
import { databaseFingerprint, parsePort, portalOrigins, portalUrl, stackEnvironment } from "./config.ts";
import { openDataDir, prepareDataDir, type DataDir } from "./data-dir.ts";
import { prepareDatabase } from "./database.ts";
import { printFailure } from "./entry.ts";
import { waitForHealth } from "./health.ts";
import { tryLock } from "./lock-path.ts";
import { ensureBucket } from "./objects.ts";
import { isPortFree, suggestPort } from "./ports.ts";
import { endLeftover } from "./processes.ts";
import { readyText } from "./ready-text.ts";
import { seed, type SeededAdmin } from "./seed.ts";
import {
  logPathOf,
  startDatabase,
  startObjectServer,
  webService,
  workerService,
  type ServiceSite,
} from "./services.ts";
import { createSupervisor } from "./supervise.ts";

export type PortalMode = "start" | "dev";

const HEALTH_TIMEOUT_MS = 90_000;

/** Starts the whole portal and keeps it running until a signal ends it, in order and within ten seconds. */
export async function runPortal(mode: PortalMode): Promise<void> {
  const port = parsePort(process.env.PORT);
  const url = portalUrl(process.env, port);
  const path = prepareDataDir(process.env.FIELDPORT_DATA_DIR || ".fieldport");
  const release = lockDataDir(path, url);
  let end = (code: number): void => {
    release();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(0));
  try {
    const dataDir = openDataDir(path);
    for (const child of Object.values(dataDir.state().children)) await endLeftover(child);
    await requireFreePort(port);
    dataDir.update({ portalPort: port, portalUrl: url });
    const site = createSite(dataDir, (code) => end(code));
    end = (code) => {
      void site.supervisor.stopAll().finally(() => {
        release();
        process.exit(code);
      });
    };
    await bringUp({ mode, port, url, site });
  } catch (error) {
    printFailure(error);
    end(1);
  }
}

function lockDataDir(path: string, url: string): () => void {
  const attempt = tryLock(join(path, "portal.lock"), url);
  if ("release" in attempt) return attempt.release;
  const { pid, label } = attempt.holder;
  const advice = "Use it, stop it first, or start a second one with another FIELDPORT_DATA_DIR and PORT.";
  throw new AppError("conflict", `A portal already runs on ${path} (process ${pid}, ${label}). ${advice}`);
}

async function requireFreePort(port: number): Promise<void> {
  if (await isPortFree(port)) return;
  throw new AppError("conflict", `Port ${port} is in use. Set PORT=${await suggestPort(port)}.`);
}

function createSite(dataDir: DataDir, end: (code: number) => void): ServiceSite {
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const supervisor = createSupervisor({
    report,
    onChange: (children) => dataDir.update({ children }),
    onGiveUp: (name) => {
      report(`${name} keeps crashing, so the portal stops. The reason is in ${logPathOf(dataDir.path, name)}.`);
      end(1);
    },
  });
  return { dataDir, supervisor, report };
}

interface Launch {
  mode: PortalMode;
  port: number;
  url: string;
  site: ServiceSite;
}

async function bringUp(launch: Launch): Promise<void> {
  const { mode, port, url, site } = launch;
  const stores = await startStores(launch);
  const env = withMode(stores, mode);
  if (mode === "dev") await Promise.all([ensurePrismaClient(), ensureBasemap()]);
  else await ensureBuild(say);
  const [admin] = await Promise.all([
    seedOnce(site, env),
    site.supervisor.start(workerService(site, env)),
    site.supervisor.start(webService(site, env, mode)),
  ]);
  const reason = await waitForHealth(`http://127.0.0.1:${port}/api/v1/health`, HEALTH_TIMEOUT_MS);
  if (admin?.password && reason !== null) say(`Administrator: ${admin.email} / ${admin.password}`);
  if (reason !== null) {
    const logs = join(site.dataDir.path, "logs");
    throw new AppError("unavailable", `The portal does not become healthy (${reason}). The reason is in ${logs}.`);
  }
  const { adminEmail } = site.dataDir.state();
  say(readyText({ url, dataDir: site.dataDir.path, databaseDir: site.dataDir.state().postgresDir, admin, adminEmail }));
  say(`Ready in ${(performance.now() / 1000).toFixed(1)} s`);
}

/** Libraries run slower and talk more when nobody tells them that this is no development. */
function withMode(env: NodeJS.ProcessEnv, mode: PortalMode): NodeJS.ProcessEnv {
  if (Object.hasOwn(process.env, "NODE_ENV")) return env;
  return { ...env, NODE_ENV: mode === "dev" ? "development" : "production" };
}

/** Database and object storage, embedded or given, both usable afterwards. Returns the children's environment. */
async function startStores({ port, url, site }: Launch): Promise<NodeJS.ProcessEnv> {
  const { dataDir } = site;
  const eventSecret = process.env.FIELDPORT_EVENT_SECRET || dataDir.secrets.eventSecret;
  const eventUrl = `http://127.0.0.1:${port}/api/v1/objects/events`;
  const [databaseUrl, s3Endpoint] = await Promise.all([
    process.env.DATABASE_URL || startDatabase(site),
    process.env.S3_ENDPOINT || startObjectServer(site, eventUrl, eventSecret),
  ]);
  const ownObjects = !process.env.S3_ENDPOINT;
  const env = stackEnvironment(process.env, {
    ...{ dataDir: dataDir.path, port, databaseUrl, s3Endpoint, ownObjects },
    secrets: dataDir.secrets,
  });
  const [applied, corsRefusal] = await Promise.all([
    prepareDatabase(databaseUrl),
    ensureBucket({
      endpoint: s3Endpoint,
      region: env.AWS_REGION ?? "us-east-1",
      bucket: env.S3_BUCKET ?? "fieldport",
      credentials: credentialsOf(env),
      origins: portalOrigins(url, port),
    }),
  ]);
  if (applied.length > 0) say(`Database brought up to date (${applied.length} migrations).`);
  if (corsRefusal) {
    say(
      `The object storage did not take the CORS rule (${corsRefusal}); set it there as docs/operations.md describes.`,
    );
  }
  return env;
}

function credentialsOf(env: NodeJS.ProcessEnv) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  return accessKeyId && secretAccessKey && !env.AWS_SESSION_TOKEN ? { accessKeyId, secretAccessKey } : undefined;
}

async function seedOnce({ dataDir, report }: ServiceSite, env: NodeJS.ProcessEnv): Promise<SeededAdmin | null> {
  const fingerprint = databaseFingerprint(env.DATABASE_URL ?? "");
  const { seeded } = dataDir.state();
  if (seeded.includes(fingerprint)) return null;
  say("Creating the first account and the demo workspace …");
  const admin = await seed({
    env,
    logPath: logPathOf(dataDir.path, "seed"),
    report: (line) => report(`[seed] ${line}`),
  });
  dataDir.update({ seeded: [...seeded, fingerprint], ...(admin ? { adminEmail: admin.email } : {}) });
  return admin;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
