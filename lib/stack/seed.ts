import { createInterface } from "node:readline";
import { z } from "zod";
import { AppError } from "#lib/errors";
import { spawnNode } from "./supervise.ts";

const adminSchema = z.object({ email: z.string(), password: z.string().optional() });
const lineSchema = z.object({ admin: adminSchema });
export type SeededAdmin = z.infer<typeof adminSchema>;

export interface SeedRequest {
  env: NodeJS.ProcessEnv;
  logPath: string;
  report: (line: string) => void;
}

/** Creates the first administrator and the demo workspace; returns the administrator when this run made it. */
export async function seed(request: SeedRequest): Promise<SeededAdmin | null> {
  const child = spawnNode({ ...request, args: ["bin/seed.ts"], keepOut: adminLine });
  let admin: SeededAdmin | null = null;
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      admin = parseAdminLine(line) ?? admin;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) {
    throw new AppError("unavailable", `The first-start content could not be created; see ${request.logPath}.`);
  }
  return admin;
}

/** `{"admin":{"email":…,"password":…}}` on a line of its own; anything else is a log line. */
export function parseAdminLine(line: string): SeededAdmin | null {
  if (!line.startsWith("{")) return null;
  try {
    return lineSchema.parse(JSON.parse(line)).admin;
  } catch {
    return null;
  }
}

/** A generated password is shown once and written nowhere, the log included. */
function adminLine(line: string): boolean {
  return parseAdminLine(line) !== null;
}
