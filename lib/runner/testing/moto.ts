import { spawn, spawnSync } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pythonOf } from "#lib/stack/python-environment";
import { repositoryRoot } from "#lib/stack/repository-root";

export const MOTO_FOLDER = join(repositoryRoot, ".fieldport", "moto");
const PYTHON = pythonOf(MOTO_FOLDER);
const READY_MS = 30_000;

/** Another program's opinion on what EC2 and Batch accept, on this machine. */
export interface Moto {
  url: string;
  close: () => void;
}

/** Why it cannot be asked; null when it can. */
export function whyNoMoto(): string | null {
  const { status } = spawnSync(PYTHON, ["-c", "import moto.server, flask"]);
  return status === 0 ? null : "moto is not installed; npm run test:cloud sets it up";
}

export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(PYTHON, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const untilMs = performance.now() + READY_MS;
  while (performance.now() < untilMs) {
    // Jobs are to be played, not run in containers.
    const body = JSON.stringify({ batch: { use_docker: false } });
    const answer = await fetch(`${url}/moto-api/config`, { method: "POST", body }).catch(() => null);
    if (answer?.ok) return { url, close: () => void child.kill() };
    await delay(100);
  }
  child.kill();
  throw new Error("moto does not start.");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
