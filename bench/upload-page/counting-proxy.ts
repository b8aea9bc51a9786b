import { connect, createServer, type Socket } from "node:net";

export interface CountingProxy {
  port: number;
  /** Bytes that came from the browser: the file, everything sent again, and request heads. */
  receivedBytes: () => number;
  /** Cuts every connection and refuses new ones for a while, as a lost network does. */
  interrupt: (durationMs: number) => void;
  close: () => void;
}

/** Stands between browser and object storage, counts what passes and can be cut. */
export async function startCountingProxy(target: { port: number }, port: number): Promise<CountingProxy> {
  const sockets = new Set<Socket>();
  let receivedBytes = 0;
  let isCut = false;
  const server = createServer((browser) => {
    if (isCut) return void browser.destroy();
    const storage = connect(target.port, "127.0.0.1");
    for (const [socket, other] of [[browser, storage] as const, [storage, browser] as const]) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    browser.on("data", (chunk: Buffer) => (receivedBytes += chunk.length));
    browser.pipe(storage).pipe(browser);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    port,
    receivedBytes: () => receivedBytes,
    interrupt: (durationMs) => {
      isCut = true;
      cut();
      setTimeout(() => (isCut = false), durationMs);
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
