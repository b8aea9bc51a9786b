export interface ReadEvent {
  event: string;
  id: number | null;
  data: Record<string, unknown>;
}

/** Reads server-sent events one after the other; `until` ends the reading, and the stream is left. */
export async function readEvents(
  response: Response,
  until: (events: readonly ReadEvent[]) => boolean,
): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (reader && !until(events)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event) events.push(event);
    }
  }
  await reader?.cancel();
  return events;
}

function parseBlock(block: string): ReadEvent | null {
  const fields = new Map(
    block.split("\n").map((line): [string, string] => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const [event, data, id] = [fields.get("event"), fields.get("data"), fields.get("id")];
  if (event === undefined || data === undefined) return null;
  return { event, id: id === undefined ? null : Number(id), data: JSON.parse(data) as Record<string, unknown> };
}
