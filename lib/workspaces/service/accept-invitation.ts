import { hashPassword } from "#lib/auth/password";
import { recordPersonAudit } from "#lib/auth/service/record-person-audit";
import { requireRightPassword } from "#lib/auth/service/sign-in";
import { pointSession } from "#lib/auth/session-store";
import { AppError } from "#lib/errors";
import type { AnonymousCaller, SessionCaller } from "#lib/http/route-spec";
import { findOpenInvitation, takeInvitation, type Joiner, type OpenInvitationRecord } from "../invitation-store.ts";
import type { AcceptInvitationInput } from "../schema.ts";

function closed(): AppError {
  return new AppError("not_found", "This invitation is used up, withdrawn or expired. Ask for a new one.");
}

export async function getOpenInvitation(token: string, now: Date): Promise<OpenInvitationRecord> {
  const invitation = await findOpenInvitation(token, now);
  if (!invitation) throw closed();
  return invitation;
}

interface Joined {
  workspaceId: string;
  email: string;
}

/** Joins with a new account, or with the password of the account that has the invited address. */
export async function acceptInvitation(
  caller: AnonymousCaller,
  token: string,
  input: AcceptInvitationInput,
): Promise<Joined> {
  const { email } = await getOpenInvitation(token, caller.now);
  if (input.as === "new") {
    const { name, password } = input;
    return join(caller, token, { email, name, passwordHash: await hashPassword(password) });
  }
  const user = await requireRightPassword({ email, password: input.password, address: caller.address });
  return join(caller, token, { userId: user.id, email, name: user.name });
}

/** Joins as the person who is signed in; the invitation must be addressed to her. */
export async function joinWorkspace(caller: SessionCaller, token: string): Promise<Joined> {
  const { email } = await getOpenInvitation(token, caller.now);
  if (email !== caller.email) {
    throw new AppError(
      "forbidden",
      `This invitation is for ${email}; you are signed in as ${caller.email}. Sign out first.`,
    );
  }
  const outcome = await join(caller, token, caller);
  await pointSession(caller, outcome.workspaceId);
  return outcome;
}

type Newcomer = Joiner & { email: string; name: string };

async function join(caller: AnonymousCaller, token: string, newcomer: Newcomer): Promise<Joined> {
  const joiner = "userId" in newcomer ? { userId: newcomer.userId } : newcomer;
  const outcome = await takeInvitation(token, joiner, caller.now);
  if (outcome === "closed") throw closed();
  if (outcome === "account_exists") {
    throw new AppError("unprocessable", "There is an account with this address. Choose “I have an account”.");
  }
  const { email, name } = newcomer;
  const { address, requestId } = caller;
  await recordPersonAudit(
    { ...outcome, email, name, sessionId: "" },
    { action: "member.joined", target: outcome.userId, address, requestId },
  );
  return { workspaceId: outcome.workspaceId, email };
}
