import { readdirSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { messageOf } from "#lib/errors";
import { repositoryRoot } from "#lib/stack/repository-root";

// A web process to kill: the portal's own route handlers behind node:http, without the pages and their build.

type Handler = (request: Request, segment: { params: Promise<Record<string, string>> }) => Promise<Response>;

interface RouteFile {
  segments: string[];
  path: string;
}

const ROOT = join(repositoryRoot, "app", "api", "v1");
const isHandler = z.custom<Handler>((value) => typeof value === "function");

const routes: RouteFile[] = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name === "route.ts")
  .map((entry) => ({
    segments: entry.parentPath.slice(ROOT.length).split("/").filter(Boolean),
    path: join(entry.parentPath, entry.name),
  }))
  // A fixed name wins over a parameter, as in Next.
  .sort((a, b) => Number(hasParameter(a)) - Number(hasParameter(b)));

function hasParameter(route: RouteFile): boolean {
  return route.segments.some((segment) => segment.startsWith("["));
}

function matchRoute(route: RouteFile, parts: string[]): Record<string, string> | null {
  if (route.segments.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of route.segments.entries()) {
    const part = parts[index] ?? "";
    if (segment.startsWith("[")) params[segment.slice(1, -1)] = decodeURIComponent(part);
    else if (segment !== part) return null;
  }
  return params;
}

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const parts = pathname.replace(/^\/api\/v1\/?/, "").split("/");
  for (const route of routes) {
    const params = matchRoute(route, parts);
    if (params === null) continue;
    const loaded = z.record(z.string(), z.unknown()).parse(await import(pathToFileURL(route.path).href));
    const handler = isHandler.safeParse(loaded[request.method]);
    if (!handler.success) return new Response(null, { status: 405 });
    return handler.data(request, { params: Promise.resolve(params) });
  }
  return new Response(null, { status: 404 });
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const method = incoming.method ?? "GET";
  const gone = new AbortController();
  outgoing.on("close", () => gone.abort());
  const hasBody = method !== "GET" && method !== "HEAD";
  const request = new Request(`http://${incoming.headers.host ?? "localhost"}${incoming.url ?? "/"}`, {
    method,
    headers,
    signal: gone.signal,
    ...(hasBody ? { body: await readAll(incoming) } : {}),
  });
  const response = await answer(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  for await (const chunk of response.body ?? []) outgoing.write(chunk);
  outgoing.end();
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming.iterator()) chunks.push(z.instanceof(Buffer).parse(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

createServer((incoming, outgoing) => {
  serve(incoming, outgoing).catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    outgoing.destroy();
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
