import { z } from "zod";
import { role } from "#lib/auth/permissions";
import { email, linkToken, newPassword, personName } from "#lib/auth/schema";

const instant = z.coerce.date().transform((date) => date.toISOString());

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

const workspaceName = z.string().trim().min(1, "A name is needed.").max(80, "At most 80 characters.");
const description = z.string().trim().max(500, "At most 500 characters.");
const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, "Not an IANA time zone, such as Europe/Berlin.")
  .meta({ description: "IANA time zone, such as Europe/Berlin" });

export const workspaceView = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  timeZone: z.string(),
  quotaBytes: z.number(),
});
export type WorkspaceView = z.output<typeof workspaceView>;

export const createWorkspaceInput = z.object({
  name: workspaceName,
  description: description.default(""),
  timeZone: timeZone.default("UTC"),
});
export type CreateWorkspaceInput = z.output<typeof createWorkspaceInput>;

export const changeWorkspaceInput = z.object({
  name: workspaceName.optional(),
  description: description.optional(),
  timeZone: timeZone.optional(),
});
export type ChangeWorkspaceInput = z.output<typeof changeWorkspaceInput>;

export const myWorkspace = z.object({ id: z.uuid(), slug: z.string(), name: z.string(), role });

export const memberView = z.object({
  userId: z.uuid(),
  email: z.string(),
  name: z.string(),
  role,
  joinedAt: instant,
  lastSeenAt: instant.nullable(),
});
export type MemberView = z.output<typeof memberView>;
export const memberParams = z.object({ userId: z.uuid() });
export const changeRoleInput = z.object({ role });

export const invitationView = z.object({
  id: z.uuid(),
  email: z.string(),
  role,
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
});
export type InvitationView = z.output<typeof invitationView>;
export const createInvitationInput = z.object({ email, role });
/** `url` is shown once; only a hash is stored. */
export const createdInvitation = invitationView.extend({
  url: z.url(),
  mail: z.enum(["sent", "failed", "off"]),
});

/** What the holder of the link may know. */
export const openInvitation = z.object({
  workspaceName: z.string(),
  email: z.string(),
  role,
  expiresAt: instant,
});
export type OpenInvitation = z.output<typeof openInvitation>;

export const invitationTokenParams = z.object({ token: linkToken });
export const acceptInvitationInput = z.discriminatedUnion("as", [
  z.object({ as: z.literal("new"), name: personName, password: newPassword }),
  z.object({ as: z.literal("existing"), password: z.string().min(1, "The password is needed.").max(500) }),
]);
export type AcceptInvitationInput = z.output<typeof acceptInvitationInput>;
export const joinInput = z.object({ token: linkToken });
export const joined = z.object({ workspaceId: z.uuid(), email: z.string() });
