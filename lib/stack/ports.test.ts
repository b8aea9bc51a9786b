import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { findFreePort, isPortFree, keepPort, suggestPort } from "./ports.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function occupy(host: string): Promise<number> {
  const port = await findFreePort();
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return port;
}

test("a port that a server on the loopback address holds is not free", async () => {
  const port = await occupy("127.0.0.1");
  expect(await isPortFree(port, "127.0.0.1")).toBe(false);
});

test("a recorded port is kept while free and replaced once taken", async () => {
  const free = await findFreePort();
  expect(await keepPort(free)).toBe(free);
  const taken = await occupy("127.0.0.1");
  expect(await keepPort(taken)).not.toBe(taken);
});

test("the suggested port lies after the busy one and is free", async () => {
  const busy = await occupy("0.0.0.0");
  const suggested = await suggestPort(busy);
  expect(suggested).not.toBe(busy);
  expect(await isPortFree(suggested)).toBe(true);
});
