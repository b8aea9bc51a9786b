import { IncomingMessage, Server } from "node:http";

const stamped = globalThis as typeof globalThis & { fieldportStamped?: boolean };

/**
 * Writes the address of the connection into X-Real-IP of every request this process receives, over whatever the client
 * sent: Next hands routes no socket, and a header anybody can set would let a guesser choose the counter he is
 * throttled by. Not for a portal behind a trusted proxy, whose own header says who the client is.
 */
export function stampClientAddress(): void {
  if (stamped.fieldportStamped) return;
  stamped.fieldportStamped = true;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called below with the server it belongs to
  const emit = Server.prototype.emit;
  Server.prototype.emit = function stampAndEmit(event: string | symbol, ...args: unknown[]) {
    const [request] = args;
    if (event === "request" && request instanceof IncomingMessage) {
      request.headers["x-real-ip"] = request.socket.remoteAddress ?? "unknown";
    }
    return Reflect.apply(emit, this, [event, ...args]) as boolean;
  };
}
