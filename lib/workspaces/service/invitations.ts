import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import type { Role } from "#lib/auth/permissions";
import { env, publicUrl } from "#lib/env";
import { AppError } from "#lib/errors";
import { newId, newToken } from "#lib/ids";
import { log } from "#lib/log";
import { sendMail } from "#lib/notifications/mail";
import { insertInvitation, revokeInvitation } from "../invitation-store.ts";
import { hasMemberWithEmail } from "../member-store.ts";
import type { createdInvitation } from "../schema.ts";
import { findWorkspace } from "../store.ts";

const VALID_MS = 7 * 24 * 3600 * 1000;

/** Returns the link once; a letter with it goes out when a mail server is set. */
export async function createInvitation(
  ctx: Ctx,
  { email, role }: { email: string; role: Role },
): Promise<z.input<typeof createdInvitation>> {
  if (await hasMemberWithEmail(ctx, email)) {
    const detail = "This person is a member already.";
    throw new AppError("conflict", detail, { fields: [{ pointer: "/email", detail }] });
  }
  const token = newToken();
  const expiresAt = new Date(ctx.now.getTime() + VALID_MS);
  const invitation = { id: newId(), email, role, createdBy: ctx.actor.label, createdAt: ctx.now, expiresAt };
  await insertInvitation(ctx, { ...invitation, token });
  const url = `${publicUrl()}/invite/${token}`;
  return { ...invitation, url, mail: await mailInvitation(ctx, email, url) };
}

/** The invitation stands whatever the mail server does: the link is in the owner's hands. */
async function mailInvitation(ctx: Ctx, to: string, url: string): Promise<"sent" | "failed" | "off"> {
  if (!env().SMTP_URL) return "off";
  const { name } = await findWorkspace(ctx);
  const subject = `${ctx.actor.label} invites you to ${name} on Fieldport`;
  const text = `Hello,\n\n${ctx.actor.label} invites you to the workspace ${name}. Join here:\n\n${url}\n\nThe link works once and for seven days.\n`;
  try {
    await sendMail({ to, subject: subject.replace(/[\r\n]+/g, " "), text });
    return "sent";
  } catch (error) {
    log.warn("invitation.mail_failed", { error });
    return "failed";
  }
}

export async function withdrawInvitation(ctx: Ctx, id: string): Promise<void> {
  if (!(await revokeInvitation(ctx, id))) throw new AppError("not_found", "There is no such invitation.");
}
