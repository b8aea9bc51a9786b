import { systemDb } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { sha256Hex } from "#lib/ids";

const WINDOW_S = 15 * 60;

/** Attempts per window and account, and per window and address; what is one more is refused. */
const LIMITS = {
  "sign-in": { account: 8, address: 60 },
  "password-reset": { account: 3, address: 20 },
} as const;
export type ThrottledAction = keyof typeof LIMITS;

export interface Attempt {
  email: string;
  address: string;
}

/** Account names are hashed: the table tells nothing about people. */
function keysOf(action: ThrottledAction, { email, address }: Attempt): { account: string; address: string } {
  const prefix = action === "sign-in" ? "" : `${action}-`;
  const account = sha256Hex(email.trim().toLowerCase()).slice(0, 32);
  return { account: `${prefix}account:${account}`, address: `${prefix}address:${address}` };
}

/**
 * Counts an attempt before it is made, so that many at the same time cannot slip through, and refuses one beyond the
 * limit of its account or address. If the counters cannot be written the attempt is refused too: a broken limiter
 * must not become an open door.
 */
export async function takeAttempt(action: ThrottledAction, attempt: Attempt): Promise<void> {
  const keys = keysOf(action, attempt);
  let waitS: number;
  try {
    waitS = Math.max(
      await count(keys.account, LIMITS[action].account),
      await count(keys.address, LIMITS[action].address),
    );
  } catch (error) {
    const detail = "This is not possible for the moment. Try again shortly.";
    throw new AppError("unavailable", detail, { cause: error });
  }
  if (waitS <= 0) return;
  const minutes = Math.ceil(waitS / 60);
  throw new AppError("rate_limited", `Too many attempts. Try again in ${minutes} min.`, { retryAfterS: waitS });
}

/** Seconds to wait, 0 when this attempt may be made. A window opens with its first attempt; a block lasts a window. */
async function count(key: string, limit: number): Promise<number> {
  const [row] = await systemDb().$queryRaw<{ waitS: number }[]>`
    insert into sign_in_throttles as t (key, failures, window_start) values (${key}, 1, now())
    on conflict (key) do update set
      failures = case when t.window_start < now() - make_interval(secs => ${WINDOW_S}) then 1 else t.failures + 1 end,
      window_start = case when t.window_start < now() - make_interval(secs => ${WINDOW_S}) then now() else t.window_start end,
      blocked_until = case
        when t.blocked_until > now() then t.blocked_until
        when t.window_start >= now() - make_interval(secs => ${WINDOW_S}) and t.failures >= ${limit}
          then now() + make_interval(secs => ${WINDOW_S}) end
    returning coalesce(ceil(extract(epoch from blocked_until - now())), 0)::int as "waitS"`;
  if (!row) throw new Error("the attempt was not counted");
  return row.waitS;
}

/** A right password clears its account and gives its attempt back to the address, which an office may share. */
export async function forgiveAttempts(action: ThrottledAction, attempt: Attempt): Promise<void> {
  const keys = keysOf(action, attempt);
  await systemDb().$executeRaw`delete from sign_in_throttles where key = ${keys.account}`;
  await systemDb().$executeRaw`
    update sign_in_throttles set failures = greatest(failures - 1, 0) where key = ${keys.address}`;
}
