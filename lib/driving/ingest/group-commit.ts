import { AppError, messageOf } from "#lib/errors";
import { log } from "#lib/log";
import { isTemporaryFailure } from "#lib/runs/execute/temporary-failure";
import type { Outcome, Submission } from "./submission.ts";
import { writeSubmissions } from "./write-submissions.ts";

/** Records of one transaction: enough to share its cost, few enough that its wait is not felt. */
const RECORDS_PER_COMMIT = 5000;
/** Waiting beyond this is refused, so that memory and waiting time stay bounded. */
const WAITING_RECORDS_MAX = 20_000;
const WAITING_CALLS_MAX = 4000;
const RETRY_AFTER_S = 1;

interface Waiting {
  submission: Submission;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

interface Line {
  waiting: Waiting[];
  recordCount: number;
  isWriting: boolean;
}

type Write = (scope: { workspaceId: string }, submissions: readonly Submission[]) => Promise<(Outcome | AppError)[]>;

/**
 * Commits calls of a workspace one transaction after the other; what arrives during one shares the next. A thousand
 * single records cost some tens of commits, and nobody waits for a timer.
 */
export class GroupCommit {
  readonly #lines = new Map<string, Line>();
  readonly #write: Write;

  constructor(write: Write = writeSubmissions) {
    this.#write = write;
  }

  /** Resolves once the records are durable. */
  submit(workspaceId: string, submission: Submission): Promise<Outcome> {
    const line = this.#lines.get(workspaceId) ?? { waiting: [], recordCount: 0, isWriting: false };
    this.#lines.set(workspaceId, line);
    const recordCount = line.recordCount + submission.records.length;
    if (line.waiting.length > 0 && (recordCount > WAITING_RECORDS_MAX || line.waiting.length >= WAITING_CALLS_MAX)) {
      const detail = "More records are waiting to be stored than can be soon. Nothing of this call was stored.";
      return Promise.reject(new AppError("rate_limited", detail, { retryAfterS: RETRY_AFTER_S }));
    }
    line.recordCount = recordCount;
    return new Promise((resolve, reject) => {
      line.waiting.push({ submission, resolve, reject });
      if (!line.isWriting) void this.#drain(workspaceId, line);
    });
  }

  async #drain(workspaceId: string, line: Line): Promise<void> {
    line.isWriting = true;
    while (line.waiting.length > 0) {
      const group = takeGroup(line);
      await this.#commit(workspaceId, group);
    }
    line.isWriting = false;
    this.#lines.delete(workspaceId);
  }

  async #commit(workspaceId: string, group: Waiting[]): Promise<void> {
    try {
      const submissions = group.map(({ submission }) => submission);
      const results = await this.#write({ workspaceId }, submissions);
      for (const [index, { resolve, reject }] of group.entries()) {
        const result = results[index];
        if (result && !(result instanceof AppError)) resolve(result);
        else reject(result ?? new Error("a call without an outcome"));
      }
    } catch (error) {
      if (group.length > 1 && !isTemporaryFailure(error)) {
        // One of them may be at fault; the others must not pay for it.
        log.warn("driving.group_failed", { calls: group.length, error: messageOf(error) });
        for (const waiting of group) await this.#commit(workspaceId, [waiting]);
        return;
      }
      for (const { reject } of group) reject(presentable(error));
    }
  }
}

function takeGroup(line: Line): Waiting[] {
  let count = 0;
  let recordCount = 0;
  for (const { submission } of line.waiting) {
    if (count > 0 && recordCount + submission.records.length > RECORDS_PER_COMMIT) break;
    count += 1;
    recordCount += submission.records.length;
  }
  line.recordCount -= recordCount;
  return line.waiting.splice(0, count);
}

function presentable(error: unknown): unknown {
  if (!isTemporaryFailure(error)) return error;
  const detail = "The database is away for a moment. Send the same again: with its Idempotency-Key nothing doubles.";
  return new AppError("unavailable", detail, { cause: error, retryAfterS: RETRY_AFTER_S });
}

// One line for all calls of this process, also across development reloads.
const holder = globalThis as typeof globalThis & { fieldportDrivingCommit?: GroupCommit };

export function groupCommit(): GroupCommit {
  return (holder.fieldportDrivingCommit ??= new GroupCommit());
}
