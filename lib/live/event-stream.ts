export interface StreamEvent {
  event: string;
  data: unknown;
  id?: string | number;
}

const HEARTBEAT_MS = 15_000;
/** A reader this far behind is let go; it comes back and resumes. Memory must not grow with its slowness. */
const UNREAD_BYTES_MAX = 8 * 1024 * 1024;

const encoder = new TextEncoder();
const HEARTBEAT = encoder.encode(": still here\n\n");
const RETRY = encoder.encode("retry: 2000\n\n");

/** An event as it goes over the wire, for those who send the same to many. */
export function encodeEvent({ event, data, id }: StreamEvent): Uint8Array {
  return encoder.encode(`${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

export interface OpenStream {
  send: (event: StreamEvent) => void;
  /** Sends what `encodeEvent` made. */
  write: (bytes: Uint8Array) => void;
  close: () => void;
}

/**
 * A server-sent event response. `start` gets `send` and returns a clean-up; the stream closes when the reader
 * leaves or `close` is called. A comment every 15 s keeps proxies from ending a quiet stream.
 */
export function eventStream(
  request: Request,
  start: (stream: OpenStream) => Promise<() => void> | (() => void),
): Response {
  let cleanUp: (() => void) | undefined;
  let isClosed = false;
  let heartbeat: NodeJS.Timeout | undefined;

  const source: UnderlyingDefaultSource<Uint8Array> = {
    async start(controller) {
      const write = (bytes: Uint8Array) => {
        if (isClosed) return;
        controller.enqueue(bytes);
        if ((controller.desiredSize ?? 0) < 0) close();
      };
      const close = () => {
        if (isClosed) return;
        isClosed = true;
        clearInterval(heartbeat);
        cleanUp?.();
        controller.close();
      };
      heartbeat = setInterval(() => write(HEARTBEAT), HEARTBEAT_MS);
      request.signal.addEventListener("abort", close);
      write(RETRY);
      cleanUp = await start({ send: (event) => write(encodeEvent(event)), write, close });
      // The reader may have left, or everything been said, while `start` was still working.
      if (isClosed) cleanUp();
    },
    cancel() {
      isClosed = true;
      clearInterval(heartbeat);
      cleanUp?.();
    },
  };
  const body = new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_BYTES_MAX }));
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
