import { expect, test } from "vitest";
import { SseReader } from "./sse-reader.ts";

test("an event cut anywhere by the network is read once it is whole; comments say nothing", () => {
  const text = 'retry: 2000\n\n: still here\n\nid: 7\nevent: frame\ndata: {"frameNo":3}\n\nevent: records\ndata: 1\n\n';
  for (let cut = 0; cut <= text.length; cut += 1) {
    const reader = new SseReader();
    const messages = [...reader.push(text.slice(0, cut)), ...reader.push(text.slice(cut))];
    expect(messages).toEqual([
      { event: "frame", data: '{"frameNo":3}', id: "7" },
      { event: "records", data: "1", id: null },
    ]);
  }
});
