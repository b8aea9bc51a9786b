import { createServer } from "node:net";

/** Whether a server could listen on the port; `host` undefined asks for all addresses, as `next start` does. */
export function isPortFree(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A port on the loopback address that nothing listens on now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("The system gave no free port."));
      });
    });
  });
}

/** The port used last time when it is still free, so that links stay valid; else another. */
export async function keepPort(recorded: number | undefined): Promise<number> {
  if (recorded !== undefined && (await isPortFree(recorded, "127.0.0.1"))) return recorded;
  return findFreePort();
}

/** The next port after a busy one, for the sentence that tells the user what to set. */
export async function suggestPort(busy: number): Promise<number> {
  for (let port = busy + 1; port < busy + 50 && port < 65_536; port++) {
    if (await isPortFree(port)) return port;
  }
  return findFreePort();
}
