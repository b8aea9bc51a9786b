import { rm } from "node:fs/promises";
import type { PoolClient } from "pg";
import { getAlgorithmIo } from "#lib/algorithms/io-registry";
import { getAlgorithm } from "#lib/algorithms/registry";
import { systemContext } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import { AppError, messageOf } from "#lib/errors";
import { createRandom } from "#lib/math/random";
import { childOrder, childPreparation, childStop, type ChildOrder, type ChildReport } from "./protocol.ts";
import { RunFailure } from "../run-failure.ts";
import { commitRun, openConnection, readRunForExecution } from "./child-store.ts";
import { makeScratchDir } from "./scratch-dir.ts";
import { isTemporaryFailure } from "./temporary-failure.ts";

function report(message: ChildReport): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send) resolve();
    else process.send(message, () => resolve());
  });
}

/** The life of a run's process: wait for one order, compute, commit, end. */
export function serveOneRun(): void {
  // Without its worker nobody watches this process: it must not go on.
  process.on("disconnect", () => process.exit(1));
  let isOrdered = false;
  process.on("message", (message) => {
    const preparation = childPreparation.safeParse(message);
    // What cannot be loaded ahead fails again, and is told, when it is ordered.
    if (preparation.success) void prepare(preparation.data.algorithm).catch(() => undefined);
    else if (!isOrdered) {
      isOrdered = true;
      void obey(message);
    }
  });
  void report({ kind: "ready" });
}

/** Loads and connects ahead: a waiting process has the time, a run that begins has not. */
async function prepare(slug: string): Promise<void> {
  const [io] = await Promise.all([getAlgorithmIo(slug), getAlgorithm(slug), openConnection()]);
  await io.prepare?.();
}

async function obey(message: unknown): Promise<void> {
  const order = childOrder.parse(message);
  const controller = new AbortController();
  process.on("message", (later) => {
    if (childStop.safeParse(later).success) controller.abort();
  });
  const memory = setInterval(() => void reportMemory(0), 1000);
  const tempDir = await makeScratchDir();
  let last: ChildReport;
  try {
    await report({ kind: "accepted" });
    await compute(order, { tempDir, signal: controller.signal });
    last = { kind: "succeeded" };
  } catch (error) {
    const isExpected = error instanceof AppError;
    last = {
      kind: "failed",
      code: error instanceof RunFailure ? error.reason : isExpected ? error.code : "internal",
      detail: isExpected ? error.message : `Unexpected: ${messageOf(error)}`,
      isTemporary: (error instanceof RunFailure && error.isTemporary) || isTemporaryFailure(error),
    };
    if (!isExpected && error instanceof Error && error.stack) {
      await report({ kind: "log", at: Date.now(), level: "error", text: error.stack });
    }
  } finally {
    clearInterval(memory);
    await rm(tempDir, { recursive: true, force: true });
  }
  await report(last);
  process.exit(0);
}

function reportMemory(startedBytes: number): Promise<void> {
  return report({ kind: "memory", rssBytes: process.memoryUsage.rss() + startedBytes });
}

async function compute(order: ChildOrder, tools: { tempDir: string; signal: AbortSignal }): Promise<void> {
  const ctx = systemContext(order.workspaceId, `run ${order.runId}`, order.startedAt);
  const stored = await readRunForExecution(ctx, order.runId);
  const algorithm = await getAlgorithm(stored.algorithm);
  const io = await getAlgorithmIo(stored.algorithm);
  const params = algorithm.params.parse(stored.params);
  const inputs = algorithm.inputs.parse(stored.inputs);

  await inWorkspaceSql(ctx, async (client: PoolClient) => {
    const scope = { ctx, runId: order.runId, client, tempDir: tools.tempDir };
    const data = await io.open(scope, { inputs, params });
    let reached = 0;
    try {
      const result = algorithm.result.parse(
        await algorithm.run(params, data, {
          signal: tools.signal,
          rng: createRandom(stored.seed),
          onProgress: (fraction, step) => {
            reached = fraction;
            void report({ kind: "progress", fraction, ...(step === undefined ? {} : { step }) });
          },
          log: (level, text) => void report({ kind: "log", at: Date.now(), level, text }),
          onMemory: (startedBytes) => void reportMemory(startedBytes),
        }),
      );
      // Writing may take longer than computing: only the algorithm knows how far it has come by now.
      await report({ kind: "progress", fraction: Math.min(reached, 0.99), step: "Write result" });
      await io.commit?.(scope, { inputs, params, data, result });
      await commitRun(client, { ...order, result });
    } finally {
      await io.close?.(data);
    }
  });
}
