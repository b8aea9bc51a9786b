import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { stampClientAddress } from "./stamp-address.ts";

test("a client cannot choose the address it is counted under", async () => {
  stampClientAddress();
  stampClientAddress();
  const server = createServer((request, response) => response.end(String(request.headers["x-real-ip"])));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { "x-real-ip": "203.0.113.7" } });
    expect(await answer.text()).toBe("127.0.0.1");
  } finally {
    server.close();
  }
});
