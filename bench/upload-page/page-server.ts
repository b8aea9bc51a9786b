import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { build } from "vite";
import { z } from "zod";
import { repositoryRoot } from "#lib/stack/repository-root";

const HTML = `<!doctype html><meta charset="utf-8"><title>loading</title><input type="file">
<script type="module" src="/page.js"></script>`;

const bundle = z.object({ output: z.array(z.object({ code: z.string().optional() })).min(1) });

export interface PageServer {
  origin: string;
  close: () => void;
}

/** Serves the page with the upload engine and passes its requests on to the portal with an API key. */
export async function startPageServer(portalUrl: string, apiKey: string, port: number): Promise<PageServer> {
  const code = await bundlePage();
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith("/api/")) {
      passOn({ incoming, outgoing, portalUrl, apiKey });
      return;
    }
    const isScript = incoming.url === "/page.js";
    outgoing.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html; charset=utf-8" });
    outgoing.end(isScript ? code : HTML);
  });
  await listen(server, port);
  return {
    origin: `http://localhost:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bundlePage(): Promise<string> {
  const entry = join(repositoryRoot, "bench", "upload-page", "page.ts");
  const built: unknown = await build({
    root: repositoryRoot,
    configFile: false,
    logLevel: "error",
    build: { write: false, target: "esnext", lib: { entry, formats: ["es"], fileName: "page" } },
  });
  const [first] = Array.isArray(built) ? z.array(bundle).parse(built) : [bundle.parse(built)];
  return first?.output[0]?.code ?? "";
}

interface Passage {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  portalUrl: string;
  apiKey: string;
}

function passOn({ incoming, outgoing, portalUrl, apiKey }: Passage): void {
  const headers = { ...incoming.headers, authorization: `Bearer ${apiKey}` };
  const onward = request(`${portalUrl}${incoming.url ?? ""}`, { method: incoming.method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  incoming.pipe(onward);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}
