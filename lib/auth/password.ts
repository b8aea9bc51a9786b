import { hash, verify } from "@node-rs/argon2";

// OWASP's argon2id floor is 19 MiB, 2 passes; about 50 ms here.
const OPTIONS = { memoryCost: 32 * 1024, timeCost: 3, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

let decoy: Promise<string> | undefined;

/** Checks a password; an absent account costs the same time, so that timing tells nothing. */
export async function isPasswordRight(password: string, stored: string | null): Promise<boolean> {
  decoy ??= hashPassword("no account has this password");
  const isRight = await verify(stored ?? (await decoy), password);
  return stored !== null && isRight;
}
