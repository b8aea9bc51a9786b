export interface StreamEvent {
  event: string;
  data: unknown;
  id?: string | number;
}

const HEARTBEAT_MS = 15_000;

/**
 * A server-sent event response. `start` gets `send` and returns a clean-up; the stream closes when the reader
 * leaves or `close` is called. A comment every 15 s keeps proxies from ending a quiet stream.
 */
export function eventStream(
  request: Request,
  start: (stream: { send: (event: StreamEvent) => void; close: () => void }) => Promise<() => void> | (() => void),
): Response {
  const encoder = new TextEncoder();
  let cleanUp: (() => void) | undefined;
  let isClosed = false;
  let heartbeat: NodeJS.Timeout | undefined;

  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (text: string) => {
        if (!isClosed) controller.enqueue(encoder.encode(text));
      };
      const close = () => {
        if (isClosed) return;
        isClosed = true;
        clearInterval(heartbeat);
        cleanUp?.();
        controller.close();
      };
      heartbeat = setInterval(() => write(": still here\n\n"), HEARTBEAT_MS);
      request.signal.addEventListener("abort", close);
      write("retry: 2000\n\n");
      const send = ({ event, data, id }: StreamEvent) =>
        write(`${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      cleanUp = await start({ send, close });
      // The reader may have left, or everything been said, while `start` was still working.
      if (isClosed) cleanUp();
    },
    cancel() {
      isClosed = true;
      clearInterval(heartbeat);
      cleanUp?.();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
