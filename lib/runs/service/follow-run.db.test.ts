import { afterAll, expect, test } from "vitest";
import type { Ctx } from "#lib/auth/context";
import { closeLive } from "#lib/live/subscribe";
import { checkRequest, createTestWorkspace } from "#lib/testing/runs";
import { appendRunLog, claimRun, closeSteps, endRun, recordStep, type Lease } from "../execute/store.ts";
import { createRun } from "./create-run.ts";
import { followRun } from "./follow-run.ts";

afterAll(closeLive);

interface ReceivedEvent {
  id: string | null;
  event: string;
  data: unknown;
}

/** Reads events until `isEnough` says so or the stream ends. */
async function readEvents(
  response: Response,
  isEnough: (events: ReceivedEvent[]) => boolean,
): Promise<ReceivedEvent[]> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const events: ReceivedEvent[] = [];
  let text = "";
  while (!isEnough(events)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? null;
      const data = field("data");
      if (data !== null) events.push({ id: field("id"), event: field("event") ?? "message", data: JSON.parse(data) });
    }
  }
  await reader.cancel();
  return events;
}

const request = (lastEventId?: string) =>
  new Request("http://localhost/log", { headers: lastEventId ? { "last-event-id": lastEventId } : {} });
const linesOf = (events: ReceivedEvent[]) =>
  events.filter(({ event }) => event === "log").map(({ data }) => (data as { text: string }).text);

async function runningRun(): Promise<{ ctx: Ctx; lease: Lease }> {
  const ctx = await createTestWorkspace();
  const { id } = await createRun(ctx, checkRequest());
  const claim = await claimRun(id, "w1");
  return { ctx, lease: { runId: id, workspaceId: ctx.workspaceId, attempt: claim!.attempt, workerId: "w1" } };
}

const say = (lease: Lease, ...texts: string[]) =>
  appendRunLog(
    lease,
    texts.map((text) => ({ at: new Date(), level: "info" as const, text })),
  );
const fail = (lease: Lease) => endRun(lease, { state: "failed", errorCode: "x", errorDetail: "x" });

test("a stream that resumes from the last id it saw misses no line and repeats none", async () => {
  const { ctx, lease } = await runningRun();
  await say(lease, "one", "two");
  const first = await readEvents(
    await followRun(ctx, lease.runId, request(), 0),
    (events) => linesOf(events).length === 2,
  );
  const lastId = first.filter(({ event }) => event === "log").at(-1)?.id;
  await say(lease, "three", "four");
  await fail(lease);
  const second = await readEvents(await followRun(ctx, lease.runId, request(lastId!), 0), () => false);
  expect([...linesOf(first), ...linesOf(second)]).toEqual(["one", "two", "three", "four"]);
  expect(second.at(-1)).toMatchObject({ event: "end", data: { state: "failed" } });
});

test("a stream of an ended run waits for the last lines, which come after the final state", async () => {
  const { ctx, lease } = await runningRun();
  await recordStep(lease, { ordinal: 0, name: "Check", startedAt: new Date() });
  await fail(lease);
  const response = await followRun(ctx, lease.runId, request(), 0);
  const reading = readEvents(response, () => false);
  await say(lease, "last words");
  await closeSteps(lease, new Date());
  const events = await reading;
  expect(linesOf(events)).toEqual(["last words"]);
  expect(events.at(-1)?.event).toBe("end");
});

test("another workspace cannot follow a run", async () => {
  const { lease } = await runningRun();
  const other = await createTestWorkspace();
  await expect(followRun(other, lease.runId, request(), 0)).rejects.toMatchObject({ code: "not_found" });
});
