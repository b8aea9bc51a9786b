import type { PoolClient } from "pg";
import { z } from "zod";
import type { CallKey, Outcome } from "./submission.ts";

const keptAnswer = z.object({ accepted: z.number(), late: z.number(), duplicates: z.array(z.number()) });

export interface EarlierCall {
  requestHash: string;
  outcome: Outcome;
}

export const nameOf = ({ actorId, key }: Pick<CallKey, "actorId" | "key">) => `${actorId} ${key}`;

/** What came of earlier calls with these keys, by `nameOf`. */
export async function findEarlierCalls(
  client: PoolClient,
  workspaceId: string,
  keys: readonly CallKey[],
): Promise<Map<string, EarlierCall>> {
  if (keys.length === 0) return new Map();
  const { rows } = await client.query<CallKey & { answer: unknown }>({
    name: "driving-find-calls",
    text: `select actor_id as "actorId", key, request_hash as "requestHash", answer from driving_batches
      where workspace_id = $1 and (actor_id, key) in (select * from unnest($2::text[], $3::text[]))`,
    values: [workspaceId, keys.map(({ actorId }) => actorId), keys.map(({ key }) => key)],
  });
  return new Map(
    rows.map(({ answer, requestHash, ...row }) => {
      const outcome: Outcome = { ...keptAnswer.parse(answer), isReplay: true };
      return [nameOf(row), { requestHash, outcome }];
    }),
  );
}

/** Keeps the answers in the transaction of the records themselves: a crash keeps both or neither. */
export async function saveCalls(
  client: PoolClient,
  workspaceId: string,
  calls: readonly { callKey: CallKey; outcome: Outcome }[],
): Promise<void> {
  if (calls.length === 0) return;
  await client.query({
    name: "driving-save-calls",
    text: `insert into driving_batches (workspace_id, actor_id, key, request_hash, answer)
      select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[])`,
    values: [
      workspaceId,
      calls.map(({ callKey }) => callKey.actorId),
      calls.map(({ callKey }) => callKey.key),
      calls.map(({ callKey }) => callKey.requestHash),
      calls.map(({ outcome: { accepted, late, duplicates } }) => JSON.stringify({ accepted, late, duplicates })),
    ],
  });
}
