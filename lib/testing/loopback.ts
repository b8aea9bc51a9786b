import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Listening {
  url: string;
  /** Host and port, as `FIELDPORT_PRIVATE_HOSTS` takes it. */
  host: string;
  /** Ends every connection, also one that waits for an answer. */
  close: () => Promise<void>;
}

/** Lets a server listen on this machine only, on a free port unless one is given. */
export async function listenOnLoopback(server: Server, port = 0): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
