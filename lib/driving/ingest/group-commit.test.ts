import { describe, expect, test } from "vitest";
import { isAppError } from "#lib/errors";
import { GroupCommit } from "./group-commit.ts";
import type { Outcome, Submission } from "./submission.ts";

const submission = (recordCount = 1): Submission => ({
  records: Array.from({ length: recordCount }, () => ({}) as Submission["records"][number]),
  rejected: [],
  callKey: null,
});
const done: Outcome = { isReplay: false, accepted: 1, late: 0, duplicates: [] };

/** A store that finishes when told to. */
function heldStore() {
  const groups: number[] = [];
  const ends: (() => void)[] = [];
  const commit = new GroupCommit(async (_scope, submissions) => {
    groups.push(submissions.length);
    await new Promise<void>((resolve) => ends.push(resolve));
    return submissions.map(() => done);
  });
  return { commit, groups, finish: () => ends.shift()?.() };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("GroupCommit", () => {
  test("calls that arrive during a commit share the next one, in their order", async () => {
    const { commit, groups, finish } = heldStore();
    const calls = Array.from({ length: 10 }, () => commit.submit("a", submission()));
    finish();
    await settle();
    finish();
    expect(await Promise.all(calls)).toHaveLength(10);
    expect(groups).toEqual([1, 9]);
  });

  test("a commit takes 5,000 records; another workspace does not wait", async () => {
    const { commit, groups, finish } = heldStore();
    const first = commit.submit("a", submission(5000));
    const rest = [commit.submit("a", submission(3000)), commit.submit("a", submission(3000))];
    void commit.submit("b", submission());
    expect(groups).toEqual([1, 1]);
    finish();
    await first;
    await settle();
    finish();
    await settle();
    finish();
    await settle();
    finish();
    await Promise.all(rest);
    expect(groups).toEqual([1, 1, 1, 1]);
  });

  test("too much waiting is refused with the time to come back, and what waits is stored", async () => {
    const { commit, finish } = heldStore();
    const running = commit.submit("a", submission(5000));
    const waiting = Array.from({ length: 4 }, () => commit.submit("a", submission(5000)));
    const refused = await commit.submit("a", submission(5000)).catch((error: unknown) => error);
    expect(isAppError(refused, "rate_limited") && refused.retryAfterS).toBe(1);
    for (let i = 0; i < 5; i += 1) {
      finish();
      await settle();
    }
    await Promise.all([running, ...waiting]);
    const after = commit.submit("a", submission(5000));
    finish();
    expect(await after).toEqual(done);
  });

  test("one call at fault does not cost the others theirs", async () => {
    const fault = submission(2);
    const commit = new GroupCommit((_scope, submissions) =>
      submissions.includes(fault)
        ? Promise.reject(new Error("cannot be stored"))
        : Promise.resolve(submissions.map(() => done)),
    );
    const calls = [submission(), submission(), fault, submission()].map((one) => commit.submit("a", one));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  });

  test("a database that is away is said as such", async () => {
    const away = Object.assign(new Error("terminating connection"), { code: "57P01" });
    const commit = new GroupCommit(() => Promise.reject(away));
    const refused = await commit.submit("a", submission()).catch((error: unknown) => error);
    expect(isAppError(refused, "unavailable") && refused.retryAfterS).toBe(1);
  });
});
