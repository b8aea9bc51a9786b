import { Agent, get, type IncomingMessage } from "node:http";

/** An event as one reader saw it. */
export interface Seen {
  reader: number;
  event: string;
  id: number;
  atMs: number;
}

const HEAD = /id: (\d+)\nevent: (\S+)\n/g;
const FRAME = Buffer.from("\nevent: frame\n");
/** One reader in so many notes every event; the others only frames, as a thousand readers share this process. */
const EACH_NOTED = 20;

/** Opens many streams at once and notes when numbered events reached them from when all are open. */
export async function openReaders(
  { port, apiKey }: { port: number; apiKey: string },
  count: number,
): Promise<{ seen: Seen[]; close: () => void }> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const seen: Seen[] = [];
  const headers = { authorization: `Bearer ${apiKey}`, accept: "text/event-stream" };
  const note = (reader: number, bytes: Buffer) => {
    const isNoted = reader % EACH_NOTED === 0;
    if (!isNoted && !bytes.includes(FRAME)) return;
    const atMs = performance.timeOrigin + performance.now();
    for (const [, id, event = ""] of bytes.toString("latin1").matchAll(HEAD)) {
      if (isNoted || event === "frame") seen.push({ reader, event, id: Number(id), atMs });
    }
  };
  const open = (reader: number) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const call = get({ host: "127.0.0.1", port, path: "/api/v1/driving/live", agent, headers }, (response) => {
        response.on("data", (bytes: Buffer) => note(reader, bytes));
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
  seen.length = 0;
  return { seen, close: () => agent.destroy() };
}
