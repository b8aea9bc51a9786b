import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const APT = "/usr/bin/apt-get";
const COMMANDS: [command: string, ...args: string[]][] = [
  [APT, "update"],
  [APT, "install", "-y", "--no-install-recommends", "bubblewrap"],
];

/** Gets what the tests of isolated apps need, where this user may install it; without it they are skipped. */
export function ensureBubblewrap(announce: (line: string) => void): void {
  if (process.platform !== "linux" || existsSync("/usr/bin/bwrap") || !existsSync(APT)) return;
  if (process.getuid?.() !== 0) {
    announce("bubblewrap is not installed: tests of isolated apps are skipped.");
    return;
  }
  announce("Installing bubblewrap (apt-get install bubblewrap) …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const [command, ...args] of COMMANDS) spawnSync(command, args, { env, stdio: "ignore" });
}
