import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { Relay } from "./relay.ts";

test("a relay passes everything on, breaks what is under way when cut, and lets the next through", async () => {
  let isHeld = false;
  const server = createServer((_, response) => {
    if (isHeld) response.write("half of");
    else response.end("whole");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const relay = await Relay.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    expect(await (await fetch(relay.url)).text()).toBe("whole");
    isHeld = true;
    const half = await fetch(relay.url);
    expect(relay.cut()).toBeGreaterThan(0);
    await expect(half.text()).rejects.toThrow();
    isHeld = false;
    expect(await (await fetch(relay.url)).text()).toBe("whole");
  } finally {
    relay.close();
    server.closeAllConnections();
    server.close();
  }
});
