/** Longer ones are none of ours. */
const LINE_MAX = 64 * 1024;

export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pending = "";
  for await (const chunk of stream) {
    pending += chunk.toString();
    const lines = pending.split("\n");
    pending = (lines.pop() ?? "").slice(-LINE_MAX);
    yield* lines;
  }
}
