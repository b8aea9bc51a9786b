import { z } from "zod";

const optional = z
  .string()
  .optional()
  .transform((value) => (value === "" ? undefined : value));

const price = optional
  .transform((text) => (text === undefined ? undefined : Number(text)))
  .pipe(z.number().nonnegative().optional());

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  /** Where programs of this machine are looked for. */
  PATH: z.string().default(""),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  FIELDPORT_DATA_DIR: z.string().default(".fieldport"),
  FIELDPORT_URL: z.url().optional(),
  FIELDPORT_SECRET: z.string().min(16, "FIELDPORT_SECRET needs at least 16 characters").optional(),
  FIELDPORT_ENCRYPTION_KEY: optional,
  FIELDPORT_PRIVATE_HOSTS: optional,
  FIELDPORT_RUNNER_HOSTS: optional,
  FIELDPORT_GEOCODER_URL: optional.pipe(z.url({ protocol: /^https?$/ }).optional()),
  FIELDPORT_EVENT_SECRET: optional,
  FIELDPORT_TILES_URL: z.string().default("https://tile.openstreetmap.org/{z}/{x}/{y}.png"),
  FIELDPORT_TILES_ATTRIBUTION: z.string().default("© OpenStreetMap contributors"),
  FIELDPORT_LOG: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
  /** Where apps run; `fake` runs nothing and is for tests. */
  FIELDPORT_RUNNER: z.enum(["sandbox", "ec2", "batch", "fake"]).default("sandbox"),
  /** The tag `fieldport` of machines in the cloud: the name that infra was made with. */
  FIELDPORT_CLOUD_NAME: z.string().default("fieldport"),
  FIELDPORT_EC2_TEMPLATE: optional,
  /** Subnets for machines, by commas; tried in this order. */
  FIELDPORT_EC2_SUBNETS: optional,
  FIELDPORT_EC2_ROLE_ID: optional,
  FIELDPORT_BATCH_QUEUE: optional,
  FIELDPORT_BATCH_DEFINITION: optional,
  FIELDPORT_BATCH_ROLE_ID: optional,
  /** What one machine has for an app. */
  FIELDPORT_MACHINE_MEMORY_MB: z.coerce.number().int().min(256).default(7000),
  /** What an hour of a machine costs: of an instance at its full price, of one processor of a Batch job, of a sandbox. */
  FIELDPORT_RUNNER_USD_PER_HOUR: price,
  /** The same for a spot instance; without it a spot hour counts as a full one. */
  FIELDPORT_RUNNER_SPOT_USD_PER_HOUR: price,
  FIELDPORT_BOOT_DEADLINE_S: z.coerce.number().int().min(30).max(3600).default(300),
  /** Where packages of apps come from, when not from PyPI. */
  FIELDPORT_PIP_INDEX_URL: optional.pipe(z.url({ protocol: /^https?$/ }).optional()),
  /** Where Spark is, for summaries of what is too large for one machine. */
  FIELDPORT_SPARK: z.enum(["none", "local", "emr"]).default("none"),
  /** What Spark may have on this machine. */
  FIELDPORT_SPARK_MEMORY_MB: z.coerce.number().int().min(512).default(2048),
  SPARK_HOME: optional,
  JAVA_HOME: optional,
  FIELDPORT_EMR_APPLICATION: optional,
  FIELDPORT_EMR_ROLE_ARN: optional,
  FIELDPORT_WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2),
  FIELDPORT_UPLOAD_MAX_BYTES: z.coerce.number().int().positive().default(50e9),
  FIELDPORT_TRUST_PROXY: z.stringbool().default(false),
  DATABASE_URL: z.string().default("postgresql://127.0.0.1:5432/fieldport"),
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(200).default(12),
  S3_ENDPOINT: optional,
  S3_PUBLIC_ENDPOINT: optional,
  S3_BUCKET: z.string().default("fieldport"),
  AWS_REGION: z.string().default("us-east-1"),
  SMTP_URL: optional,
  SMTP_FROM: z.string().default("Fieldport <fieldport@localhost>"),
  OIDC_ISSUER: optional,
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  OIDC_NAME: z.string().default("Single sign-on"),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The process environment, parsed once; a bad value names the variable and stops the process. */
export function env(): Env {
  if (parsed) return parsed;
  const outcome = schema.safeParse(process.env);
  if (!outcome.success) {
    const lines = outcome.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not valid. ${lines.join("; ")}. See .env.example.`);
  }
  parsed = outcome.data;
  return parsed;
}

/** The portal's public address without a trailing slash. */
export function publicUrl(): string {
  return (env().FIELDPORT_URL ?? `http://localhost:${env().PORT}`).replace(/\/$/, "");
}
