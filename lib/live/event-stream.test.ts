import { describe, expect, it } from "vitest";
import { eventStream } from "./event-stream.ts";

const request = (signal?: AbortSignal) => new Request("http://portal.test/", signal ? { signal } : {});

describe("eventStream", () => {
  it("writes events with ids a reader can resume from, then ends", async () => {
    const response = eventStream(request(), ({ send, close }) => {
      send({ event: "log", data: { text: "a\nb" }, id: 7 });
      send({ event: "end", data: {} });
      close();
      return () => undefined;
    });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const text = await response.text();
    expect(text).toContain('id: 7\nevent: log\ndata: {"text":"a\\nb"}\n\n');
    expect(text.endsWith("event: end\ndata: {}\n\n")).toBe(true);
  });

  it("cleans up once the reader has gone", async () => {
    const controller = new AbortController();
    let cleanedUp = 0;
    const response = eventStream(request(controller.signal), () => () => {
      cleanedUp += 1;
    });
    const reader = response.body!.getReader();
    await reader.read();
    controller.abort();
    await reader.closed;
    expect(cleanedUp).toBe(1);
  });
});
