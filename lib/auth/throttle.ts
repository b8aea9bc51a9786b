import { systemDb } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { sha256Hex } from "#lib/ids";

const WINDOW_S = 15 * 60;
const LIMITS = { account: 8, address: 60 } as const;

/** The two counters an attempt belongs to. Account names are hashed: the table tells nothing about people. */
export function throttleKeys(email: string, address: string): { account: string; address: string } {
  return { account: `account:${sha256Hex(email.trim().toLowerCase()).slice(0, 32)}`, address: `address:${address}` };
}

/**
 * Refuses when an account or an address had too many failures. If the counters cannot be read the attempt is
 * refused too: a broken limiter must not become an open door.
 */
export async function requireSignInAllowed(keys: { account: string; address: string }): Promise<void> {
  let rows: { waitS: number }[];
  try {
    rows = await systemDb().$queryRaw`
      select extract(epoch from blocked_until - now())::int as "waitS" from sign_in_throttles
      where key in (${keys.account}, ${keys.address}) and blocked_until > now()`;
  } catch (error) {
    throw new AppError("unavailable", "Signing in is not possible for the moment. Try again shortly.", { cause: error });
  }
  const waitS = Math.max(0, ...rows.map((row) => row.waitS));
  if (waitS > 0) {
    const minutes = Math.ceil(waitS / 60);
    throw new AppError("rate_limited", `Too many attempts. Try again in ${minutes} min.`, { retryAfterS: waitS });
  }
}

export async function recordSignInFailure(keys: { account: string; address: string }): Promise<void> {
  for (const [kind, key] of Object.entries(keys)) {
    const limit = kind === "account" ? LIMITS.account : LIMITS.address;
    await systemDb().$executeRaw`
      insert into sign_in_throttles as t (key, failures, window_start) values (${key}, 1, now())
      on conflict (key) do update set
        failures = case when t.window_start < now() - make_interval(secs => ${WINDOW_S}) then 1 else t.failures + 1 end,
        window_start = case when t.window_start < now() - make_interval(secs => ${WINDOW_S}) then now() else t.window_start end,
        blocked_until = case when t.failures + 1 >= ${limit} and t.window_start >= now() - make_interval(secs => ${WINDOW_S})
          then now() + make_interval(secs => ${WINDOW_S}) else t.blocked_until end`;
  }
}

export async function clearSignInFailures(account: string): Promise<void> {
  await systemDb().signInThrottle.deleteMany({ where: { key: account } });
}
