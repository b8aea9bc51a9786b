export interface SseMessage {
  event: string;
  data: string;
  id: string | null;
}

/** Takes the text of an event stream apart as it comes in; what is not complete yet is kept. */
export class SseReader {
  #rest = "";

  push(text: string): SseMessage[] {
    const blocks = (this.#rest + text).split("\n\n");
    this.#rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const message = parseBlock(block);
      return message ? [message] : [];
    });
  }
}

/** Null for comments and for fields without an event. */
function parseBlock(block: string): SseMessage | null {
  const message = { event: "", data: "", id: null as string | null };
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1).replace(/^ /, "");
    const field = line.slice(0, colon);
    if (field === "event") message.event = value;
    else if (field === "id") message.id = value;
    else if (field === "data") message.data += message.data === "" ? value : `\n${value}`;
  }
  return message.event === "" || message.data === "" ? null : message;
}
