import { createServer } from "node:http";
import { listenOnLoopback } from "#lib/testing/loopback";
import { startGitServer, type GitServer } from "../git-server.ts";

export interface ChaosHosts {
  git: GitServer;
  /** Takes connections and never answers. */
  silentHost: string;
  close: () => Promise<void>;
}

/** What apps of the suite reach over the network. */
export async function startHosts(): Promise<ChaosHosts> {
  const git = await startGitServer("open from the beginning");
  await git.commit({ "main.py": "print('up')" });
  const silent = await listenOnLoopback(createServer(() => undefined));
  return {
    git,
    silentHost: silent.host,
    close: async () => {
      await silent.close();
      await git.close();
    },
  };
}
