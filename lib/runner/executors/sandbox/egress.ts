import http from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";
import { env } from "#lib/env";
import { messageOf } from "#lib/errors";
import { resolvePublicAddress } from "#lib/outbound/private-address";

const PORTS = new Set(["", "80", "443"]);

export interface Egress {
  close: () => Promise<void>;
}

/**
 * The only way out of a sandbox with a network: a proxy for HTTP and HTTPS behind a socket. Names are looked up here and
 * the address that was checked is the one connected to, so this machine, its network and a cloud's metadata stay closed.
 */
export async function openEgress(socketPath: string, onRefused: (what: string) => void): Promise<Egress> {
  const sockets = new Set<Duplex>();
  const server = http.createServer((request, response) => {
    void forward(request, response).catch((error: unknown) => {
      onRefused(messageOf(error));
      response.writeHead(403, { "content-type": "text/plain" }).end(messageOf(error));
    });
  });
  server.on("connection", (socket) => track(sockets, socket));
  server.on("connect", (request: http.IncomingMessage, inner: Duplex, head: Buffer) => {
    inner.on("error", () => inner.destroy());
    void tunnel(request.url ?? "", inner, head, sockets).catch((error: unknown) => {
      onRefused(messageOf(error));
      inner.end(`HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\n\r\n${messageOf(error)}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function track(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
}

async function checkedAddress(url: URL): Promise<string> {
  // Not the hosts that the portal itself may ask: an app could tunnel to any port of theirs.
  const isNamed = (env().FIELDPORT_RUNNER_HOSTS ?? "").split(",").some((host) => host.trim() === url.host);
  if (!PORTS.has(url.port) && !isNamed) throw new Error(`${url.host}: apps reach ports 80 and 443 only`);
  return (await resolvePublicAddress(url, { allowed: isNamed ? [url.host] : [] })).address;
}

async function tunnel(authority: string, inner: Duplex, head: Buffer, sockets: Set<Duplex>): Promise<void> {
  const url = new URL(`https://${authority}`);
  const outer = net.connect(Number(url.port || "443"), await checkedAddress(url));
  track(sockets, outer);
  outer.once("connect", () => {
    inner.write("HTTP/1.1 200 Connection established\r\n\r\n");
    outer.write(head);
    inner.pipe(outer).pipe(inner);
  });
  outer.on("error", () => inner.destroy());
  outer.on("close", () => inner.destroy());
  inner.on("close", () => outer.destroy());
}

async function forward(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "");
  if (url.protocol !== "http:") throw new Error("only http: and https: addresses");
  const { "proxy-connection": _, "proxy-authorization": __, ...headers } = request.headers;
  const outgoing = http.request({
    host: await checkedAddress(url),
    port: url.port || 80,
    path: `${url.pathname}${url.search}`,
    ...{ method: request.method, headers: { ...headers, host: url.host } },
  });
  outgoing.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on("error", () => response.destroy());
  request.pipe(outgoing);
}
