import { createObjectServer } from "#lib/objects/embedded/server";

function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  process.stderr.write(`The object server needs ${name}.\n`);
  process.exit(1);
}

function report(level: string): (event: string, fields: Record<string, unknown>) => void {
  return (event, fields) => void process.stderr.write(`${JSON.stringify({ level, event, ...fields })}\n`);
}

const server = createObjectServer({
  dir: required("OBJECT_SERVER_DIR"),
  accessKeyId: required("OBJECT_SERVER_ACCESS_KEY_ID"),
  secretAccessKey: required("OBJECT_SERVER_SECRET"),
  region: process.env.AWS_REGION || "us-east-1",
  eventUrl: process.env.OBJECT_SERVER_EVENT_URL || undefined,
  eventSecret: process.env.OBJECT_SERVER_EVENT_SECRET || undefined,
  log: { warn: report("warn"), error: report("error") },
});

let isStopping = false;
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  void server.close().finally(() => process.exit(0));
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);

try {
  const { url } = await server.listen(
    Number(required("OBJECT_SERVER_PORT")),
    process.env.OBJECT_SERVER_HOST || undefined,
  );
  process.stdout.write(`object server ready at ${url}\n`);
} catch (error) {
  process.stderr.write(`The object server cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
