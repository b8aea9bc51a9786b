import { Agent, get, type IncomingMessage } from "node:http";

/** An event as one reader saw it. */
export interface Seen {
  reader: number;
  event: string;
  id: number;
  atMs: number;
}

const HEAD = /id: (\d+)\nevent: (\S+)\n/g;

/** Opens many streams at once and notes when each numbered event reached each of them. */
export async function openReaders(
  { port, apiKey }: { port: number; apiKey: string },
  count: number,
): Promise<{ seen: Seen[]; close: () => void }> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const seen: Seen[] = [];
  const headers = { authorization: `Bearer ${apiKey}`, accept: "text/event-stream" };
  const open = (reader: number) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const call = get({ host: "127.0.0.1", port, path: "/api/v1/driving/live", agent, headers }, (response) => {
        response.setEncoding("utf8");
        response.on("data", (text: string) => {
          const atMs = performance.timeOrigin + performance.now();
          for (const [, id, event = ""] of text.matchAll(HEAD)) seen.push({ reader, event, id: Number(id), atMs });
        });
        response.once("data", () => resolve(response));
        response.on("error", () => undefined);
      });
      call.on("error", reject);
    });
  // Some at a time, as a crowd that comes in.
  for (let reader = 0; reader < count; reader += 50) {
    const group = Math.min(50, count - reader);
    await Promise.all(Array.from({ length: group }, (_, index) => open(reader + index)));
  }
  return { seen, close: () => agent.destroy() };
}
