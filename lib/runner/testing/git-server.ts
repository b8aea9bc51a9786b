import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { env } from "#lib/env";
import { listenOnLoopback } from "#lib/testing/loopback";

export interface GitServer {
  url: string;
  /** The addresses that were asked for. */
  asked: string[];
  /** Called, and waited for, while a fetch is under way. */
  duringFetch: (() => Promise<void>) | null;
  host: string;
  /** Whoever has one of these may read; taking one away closes the door behind it. */
  tokens: Set<string>;
  commit: (files: Record<string, string>) => Promise<string>;
  remove: (name: string) => Promise<string>;
  close: () => Promise<void>;
}

const run = promisify(execFile);

/** A repository on the loopback that asks for a token, as a host of private repositories does. */
export async function startGitServer(token: string): Promise<GitServer> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-git-"));
  const own = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
  const git = (...args: string[]) => run("git", [...own, "-C", folder, ...args]);
  await git("init", "--quiet", "--initial-branch", "main");
  const tokens = new Set([token]);
  const isOpenTo = (given: string | undefined) =>
    [...tokens].some((each) => given === `Basic ${Buffer.from(`x-access-token:${each}`).toString("base64")}`);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (!isOpenTo(request.headers.authorization)) {
      response.writeHead(401, { "www-authenticate": "Basic" }).end();
      return;
    }
    const { pathname, search } = new URL(request.url ?? "", "http://localhost");
    const child = spawn("git", ["http-backend"], {
      env: {
        ...{ PATH: env().PATH, NODE_ENV: "test", GIT_HTTP_EXPORT_ALL: "1", GIT_PROJECT_ROOT: folder },
        ...{ PATH_INFO: pathname.replace("/repo.git", "/.git"), QUERY_STRING: search.slice(1) },
        ...{ REQUEST_METHOD: request.method, CONTENT_TYPE: request.headers["content-type"] ?? "" },
        ...{ GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""), REMOTE_USER: "test" },
        ...{ HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "", GIT_CONFIG_COUNT: "1" },
        ...{ GIT_CONFIG_KEY_0: "safe.directory", GIT_CONFIG_VALUE_0: "*" },
      },
    });
    const held = request.method === "POST" ? made.duringFetch?.() : undefined;
    void Promise.resolve(held).then(() => request.pipe(child.stdin));
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("close", () => {
      const all = Buffer.concat(chunks);
      const at = all.indexOf("\r\n\r\n");
      const headers = all.subarray(0, at).toString().split("\r\n");
      const status = Number(headers.find((line) => line.startsWith("Status:"))?.split(" ")[1] ?? 200);
      response.writeHead(
        status,
        headers.filter((line) => !line.startsWith("Status:")).flatMap((line) => line.split(": ")),
      );
      response.end(all.subarray(at + 4));
    });
  });
  const commitAll = async () => {
    await git("add", "--all");
    await git("commit", "--quiet", "--allow-empty", "--message", "change");
    return (await git("rev-parse", "HEAD")).stdout.trim();
  };
  const { url, host, close } = await listenOnLoopback(server);
  const made: GitServer = {
    host,
    tokens,
    asked,
    duringFetch: null,
    url: `${url}/repo.git`,
    commit: async (files) => {
      for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
      return commitAll();
    },
    remove: async (name) => {
      await rm(join(folder, name));
      return commitAll();
    },
    close: async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return made;
}
