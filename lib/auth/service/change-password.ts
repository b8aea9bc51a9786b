import { AppError, isAppError } from "#lib/errors";
import type { SessionCaller } from "#lib/http/route-spec";
import { hashPassword } from "../password.ts";
import { findPasswordHash, renameUser, setPassword } from "../user-store.ts";
import { recordPersonAudit } from "./record-person-audit.ts";
import { requireRightPassword } from "./sign-in.ts";

/** Needs the current password, throttled like a sign-in; every other session ends. */
export async function changePassword(
  caller: SessionCaller,
  change: { currentPassword: string; newPassword: string },
): Promise<void> {
  const { userId, sessionId, email, address, requestId, now } = caller;
  if ((await findPasswordHash(userId)) === null) {
    const detail = "Your account signs in without a password. Use “Forgot it” on the sign-in page to set one.";
    throw new AppError("unprocessable", detail);
  }
  await requireCurrentPassword({ email, password: change.currentPassword, address });
  if (change.currentPassword === change.newPassword) {
    const detail = "The new password is the old one.";
    throw new AppError("invalid_input", detail, { fields: [{ pointer: "/newPassword", detail }] });
  }
  await setPassword(userId, { passwordHash: await hashPassword(change.newPassword), keepSessionId: sessionId, now });
  await recordPersonAudit(caller, { action: "account.password_changed", address, requestId });
}

/** 401 would mean "sign in again" to a client; here only a field is wrong. */
async function requireCurrentPassword(attempt: { email: string; password: string; address: string }): Promise<void> {
  try {
    await requireRightPassword(attempt);
  } catch (error) {
    if (!isAppError(error, "unauthenticated")) throw error;
    const detail = "The current password is wrong.";
    throw new AppError("invalid_input", detail, { cause: error, fields: [{ pointer: "/currentPassword", detail }] });
  }
}

export async function renameAccount(caller: SessionCaller, name: string): Promise<void> {
  const { userId, address, requestId } = caller;
  await renameUser(userId, name);
  await recordPersonAudit({ ...caller, name }, { action: "account.renamed", address, requestId });
}
