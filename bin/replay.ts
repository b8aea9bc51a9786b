import "#lib/stack/attached";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { systemContext } from "#lib/auth/context";
import { closeDb } from "#lib/db/client";
import { closePool } from "#lib/db/pool";
import { readDayFiles } from "#lib/driving/replay/read-day-files";
import { replayRows } from "#lib/driving/replay/replay-rows";
import { postRecords } from "#lib/driving/service/post-records";
import { AppError } from "#lib/errors";
import { runEntry } from "#lib/stack/entry";
import { findWorkspaceBySlug } from "#lib/workspaces/store";

const USAGE = "Usage: npm run replay -- --data DIR [--speed 60] [--workspace demo] [--loop] [--today]";
const DAY_MS = 86_400_000;

// Plays recorded days into a running portal, through the same door as vehicles.
await runEntry(async () => {
  try {
    await replay();
  } finally {
    await closeDb();
    await closePool();
  }
});

async function replay(): Promise<void> {
  const { data, speed: speedText, workspace: slug, loop, today } = readArguments();
  const speed = Number(speedText);
  if (!data || !(speed >= 1 && speed <= 600)) throw new AppError("invalid_input", `A speed is 1 to 600. ${USAGE}`);
  const workspace = await findWorkspaceBySlug(slug);
  if (!workspace) throw new AppError("not_found", `There is no workspace "${slug}".`);
  const rows = readDayFiles(resolve(data));
  const firstDay = Date.parse(`${rows[0]?.Time?.slice(0, 10) ?? ""}T00:00:00Z`);
  const shiftDays = today ? Math.floor(Date.now() / DAY_MS) - Math.round(firstDay / DAY_MS) : 0;
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say(`${rows.length} records into "${slug}" at ${speed} times their speed`);
  const post = async (part: Record<string, string>[]) => {
    await postRecords(systemContext(workspace.id, "replay", new Date()), part, null);
  };
  await replayRows({ rows, speed, isLooping: loop, shiftDays, post, report: say });
}

function readArguments() {
  const flag = { type: "boolean", default: false } as const;
  const options = {
    data: { type: "string" },
    speed: { type: "string", default: "60" },
    workspace: { type: "string", default: "demo" },
    loop: flag,
    today: flag,
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new AppError("invalid_input", USAGE, { cause: error });
  }
}
