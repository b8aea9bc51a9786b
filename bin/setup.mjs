// Runs on the system's Node (20 or newer) with nothing installed: makes sure the packages are there, then hands over
// to the given TypeScript entry on the Node that comes with them. `node bin/setup.mjs bin/start.ts [arguments]`
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const lockFile = join(root, "package-lock.json");
const stampFile = join(modules, ".fieldport-installed");
const ownNode = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const SYSTEM_NODE_MIN = 20;
const INSTALL_MAX_MS = 30 * 60_000;

const lockHash = () => createHash("sha256").update(readFileSync(lockFile)).digest("hex");

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Packages that somebody installed by hand after the lock file's last change count as well. */
function isInstalled() {
  if (!existsSync(ownNode)) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8").trim() === lockHash()) return true;
  const installed = join(modules, ".package-lock.json");
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lockFile).mtimeMs) return false;
  writeFileSync(stampFile, `${lockHash()}\n`);
  return true;
}

function install() {
  process.stdout.write(`Installing packages (npm ci, about a minute) …\n`);
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const underNpm = process.env.npm_execpath?.endsWith(".js");
  const outcome = underNpm
    ? spawnSync(process.execPath, [process.env.npm_execpath, ...args], { cwd: root, encoding: "utf8" })
    : spawnSync("npm", args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
  if (outcome.error) fail(`npm cannot be run (${outcome.error.message}). Install npm, then try again.`);
  if (outcome.status !== 0) {
    const said = `${outcome.stdout}${outcome.stderr}`.trim().split("\n").slice(-25).join("\n");
    fail(`${said}\nThe packages could not be installed (npm ci, see above). Is the npm registry reachable?`);
  }
  if (!existsSync(ownNode)) {
    fail(
      "Node 24 did not come with the packages because install scripts are switched off. Run: npm ci --ignore-scripts=false",
    );
  }
  writeFileSync(stampFile, `${lockHash()}\n`);
}

/** Lets one of several simultaneous commands install; a lock left by a killed one is taken over. */
async function withInstallLock(action) {
  const name = createHash("sha256").update(root).digest("hex").slice(0, 12);
  const lock = join(tmpdir(), `fieldport-install-${name}`);
  let told = false;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") fail(`Cannot create ${lock}: ${error.message}`);
    }
    if (isAbandoned(lock)) {
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (!told) process.stdout.write("Waiting for another command that installs the packages …\n");
    told = true;
    await new Promise((done) => setTimeout(done, 300));
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once("exit", release);
  writeFileSync(join(lock, "pid"), String(process.pid));
  action();
  process.off("exit", release);
  release();
}

function isAbandoned(lock) {
  try {
    const ageMs = Date.now() - statSync(lock).mtimeMs;
    if (!existsSync(join(lock, "pid"))) return ageMs > 5000;
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
    return ageMs > INSTALL_MAX_MS;
  } catch (error) {
    return error.code === "ESRCH" || error.code === "ENOENT";
  }
}

function handOver(args) {
  const guard = pathToFileURL(join(root, "bin", "die-with-parent.ts")).href;
  const env = { ...process.env, PATH: `${join(modules, ".bin")}${delimiter}${process.env.PATH ?? ""}` };
  // The IPC channel tells the entry when this process is gone, however it ended.
  const child = spawn(ownNode, ["--import", guard, ...args], {
    cwd: root,
    env,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  endWithNpm(child);
  child.once("error", (error) => fail(`Node 24 from the packages cannot be run: ${error.message}`));
  child.once("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/**
 * `npm start` is npm → sh → this process. Ending npm ends at most the shell between, which passes no signal on: so
 * this process looks whether the two above it are still the same ones.
 */
function endWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return;
  const before = ancestors();
  const watch = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 300);
  watch.unref();
}

function ancestors() {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, "utf8");
    const isShell = /\((sh|dash|bash|ash|busybox)\)/.test(stat);
    return isShell ? `${parent} ${stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]}` : String(parent);
  } catch {
    return String(process.ppid);
  }
}

const systemNode = Number(process.versions.node.split(".")[0]);
if (systemNode < SYSTEM_NODE_MIN)
  fail(`Node ${process.versions.node} is too old; install Node ${SYSTEM_NODE_MIN} or newer.`);
const [entry, ...rest] = process.argv.slice(2);
if (!entry) fail("Which command? Example: node bin/setup.mjs bin/start.ts");
if (!isInstalled()) {
  await withInstallLock(() => {
    if (!isInstalled()) install();
  });
}
handOver([join(root, entry), ...rest]);
