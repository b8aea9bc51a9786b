import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  return {
    git,
    silentHost: `127.0.0.1:${(silent.address() as AddressInfo).port}`,
    close: async () => {
      silent.closeAllConnections();
      silent.close();
      await git.close();
    },
  };
}
