import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { repositoryRoot } from "./repository-root.ts";

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES = [
  "/usr/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The browser for the end-to-end tests: CHROMIUM_PATH, an installed one, Playwright's own; null when there is none. */
export function findChromium(): string | null {
  const given = process.env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : null;
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...PLACES, ...onPath, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

/** Finds a browser or installs one: from the system's packages as root, else the one Playwright downloads. */
export function ensureChromium(announce: (line: string) => void): { path: string } | { missing: string } {
  const found = findChromium();
  if (found) return { path: found };
  if (process.env.CHROMIUM_PATH) return { missing: `CHROMIUM_PATH=${process.env.CHROMIUM_PATH} does not exist.` };
  for (const { line, commands } of installers()) {
    announce(line);
    const isDone = commands.every(([command, ...args]) => {
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      return spawnSync(command, args, { cwd: repositoryRoot, env, stdio: "ignore" }).status === 0;
    });
    const installed = isDone ? findChromium() : null;
    if (installed) return { path: installed };
  }
  return { missing: "No Chromium or Chrome was found or could be installed. Install one, or set CHROMIUM_PATH to it." };
}

type Command = [command: string, ...args: string[]];

function installers(): { line: string; commands: Command[] }[] {
  const playwright = join(repositoryRoot, "node_modules", "@playwright", "test", "cli.js");
  const download: Command = [process.execPath, playwright, "install", "chromium"];
  const own = { line: "Installing Chromium (playwright install chromium) …", commands: [download] };
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return [own];
  const update: Command = ["apt-get", "update"];
  const install: Command = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"];
  return [{ line: "Installing Chromium (apt-get install chromium) …", commands: [update, install] }, own];
}
