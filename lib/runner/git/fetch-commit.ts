import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { RunFailure } from "#lib/runs/run-failure";
import type { MachineEnd } from "../executors/executor.ts";
import { requireIsolation } from "../executors/sandbox/availability.ts";
import { makePlace, runInPlace, type Place } from "../executors/sandbox/place.ts";
import { choosePython } from "../executors/sandbox/python.ts";
import { takeOut } from "../execute/collect.ts";
import { authorizationFor } from "./authorization.ts";

const LIMITS = { timeoutS: 300, graceS: 2, memoryMb: 1024, diskMb: 1024, processesMax: 64 };

export interface Commit {
  url: string;
  commitSha: string;
  token: string | null;
}

interface Fetching {
  id: string;
  tempDir: string;
  signal: AbortSignal;
  /** Git's own words, for the log, which masks. */
  onOutput: (chunk: Buffer) => Promise<void> | void;
}

/**
 * Fetches exactly one commit and packs what it holds as a zip. A repository is foreign data, so Git reads it in the
 * sandbox. The token is in the environment of Git alone: in no address, argument, file of the checkout or log.
 */
export async function fetchCommit(commit: Commit, work: Fetching): Promise<string> {
  const folder = join(work.tempDir, "fetch");
  await mkdir(folder);
  const { bwrap } = await requireIsolation();
  const place = await makePlace({ id: work.id, folder, bwrap, python: await choosePython(null, false) });
  const { url, commitSha } = commit;
  await git(place, ["init", "--quiet", "."], { commit: null, work });
  await git(place, ["fetch", "--quiet", "--depth", "1", "--no-tags", url, commitSha], { commit, work });
  await git(place, ["archive", "--format=zip", "--output", "code.zip", commitSha], { commit: null, work });
  const path = await takeOut({ appFolder: join(folder, "app"), tempDir: work.tempDir }, "code.zip", "commit.zip");
  if (path) return path;
  throw new RunFailure("fetching_code", "Git packed nothing.");
}

async function git(place: Place, args: string[], { commit, work }: { commit: Commit | null; work: Fetching }) {
  let said = "";
  const end = await runInPlace(
    place,
    {
      argv: ["git", ...args],
      environment: gitEnvironment(commit?.token ?? null),
      network: commit !== null,
      limits: LIMITS,
    },
    {
      signal: work.signal,
      onStep: () => undefined,
      onMachine: () => Promise.resolve(),
      onMemory: () => undefined,
      onNote: (text) => void (said += `${text}\n`),
      onOutput: (chunk) => {
        said = (said + chunk.toString()).slice(-2_000);
        return work.onOutput(chunk);
      },
    },
  );
  if (end.how === "exited" && end.exitCode === 0) return;
  throw gitFailure(end, said);
}

function gitEnvironment(token: string | null): Record<string, string> {
  const settings: [string, string][] = [
    // Only over HTTP: a repository must not name a file or a command instead.
    ["protocol.allow", "never"],
    ["protocol.https.allow", "always"],
    ["protocol.http.allow", "always"],
    ["credential.helper", ""],
    ["safe.directory", "*"],
    ...(token ? [["http.extraHeader", `Authorization: ${authorizationFor(token)}`] as [string, string]] : []),
  ];
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...(Object.fromEntries(pairs) as Record<string, string>),
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
  };
}

const KILLED: Readonly<Record<Extract<MachineEnd, { how: "killed" }>["why"], string>> = {
  disk: `The commit takes more than ${LIMITS.diskMb} MB. Keep data out of the repository: that is the input.`,
  memory: `Git needed more than ${LIMITS.memoryMb} MB of memory to fetch the code. Keep data out of the repository.`,
  time: `The code could not be fetched within ${LIMITS.timeoutS} s.`,
  stopped: "Fetching the code was stopped.",
};

const NETWORK =
  /Could not resolve|timed out|Connection reset|early EOF|Empty reply|CONNECT aborted|Failed to connect|HTTP 5\d\d|error: 5\d\d/i;
const REFUSED = /Authentication failed|could not read Username|HTTP 40[13]|error: 40[134]|not found/i;

/** A refusal stays one however often it is asked; a network may be back a little later. */
function gitFailure(end: MachineEnd, said: string): RunFailure {
  if (end.how === "killed") return new RunFailure("fetching_code", KILLED[end.why]);
  const last = said.trim().split("\n").at(-1) ?? "";
  const advice = REFUSED.test(said) ? " Check the address and the deploy token." : "";
  const isTemporary = NETWORK.test(said) && !REFUSED.test(said);
  return new RunFailure("fetching_code", `The code could not be fetched: ${last || end.how}.${advice}`, {
    isTemporary,
  });
}
