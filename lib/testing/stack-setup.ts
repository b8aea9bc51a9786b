import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createObjectServer } from "#lib/objects/embedded/server";
import { ensurePrismaClient } from "#lib/stack/build";
import { prepareDatabase } from "#lib/stack/database";
import { ensureBucket } from "#lib/stack/objects";
import { startTemporaryPostgres } from "#lib/stack/temporary-postgres";

const PORTAL = "http://localhost:3000";
const REGION = "us-east-1";
const BUCKET = "fieldport";

type Stop = () => Promise<void>;
const stops: Stop[] = [];

/** Once for all database tests: real PostgreSQL with all migrations and the embedded object server, both fresh. */
export async function setup(): Promise<void> {
  try {
    await ensurePrismaClient();
    const database = await startTemporaryPostgres();
    stops.push(database.stop);
    await prepareDatabase(database.url);
    const accessKeyId = `FP${randomBytes(8).toString("hex").toUpperCase()}`;
    const secretAccessKey = randomBytes(24).toString("hex");
    const endpoint = await startObjects({ dir: join(database.dir, "objects"), accessKeyId, secretAccessKey });
    // Test workers inherit this environment. Whatever the developer has set must not be what tests write to.
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      S3_ENDPOINT: endpoint,
      S3_PUBLIC_ENDPOINT: endpoint,
      S3_BUCKET: BUCKET,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      FIELDPORT_URL: PORTAL,
      FIELDPORT_DATA_DIR: database.dir,
      FIELDPORT_SECRET: randomBytes(24).toString("hex"),
      FIELDPORT_EVENT_SECRET: randomBytes(24).toString("hex"),
      NEXTAUTH_URL: PORTAL,
      NEXTAUTH_SECRET: randomBytes(24).toString("hex"),
      FIELDPORT_LOG: process.env.FIELDPORT_LOG ?? "error",
      SMTP_URL: "",
    });
  } catch (error) {
    await teardown();
    throw error;
  }
}

export async function teardown(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

interface ObjectServerKeys {
  dir: string;
  accessKeyId: string;
  secretAccessKey: string;
}

async function startObjects(keys: ObjectServerKeys): Promise<string> {
  const server = createObjectServer({ ...keys, region: REGION });
  const { url } = await server.listen(0);
  stops.push(() => server.close());
  await ensureBucket({ endpoint: url, region: REGION, bucket: BUCKET, credentials: keys, origins: [PORTAL] });
  return url;
}
