import { z } from "zod";
import { NOTIFICATION_KINDS, type NotificationKind } from "./kinds.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());
const kinds = Object.keys(NOTIFICATION_KINDS) as [NotificationKind, ...NotificationKind[]];

export const inboxItem = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  link: z.string(),
  createdAt: instant,
  readAt: instant.nullable(),
});
export type InboxEntry = z.output<typeof inboxItem>;

export const inboxAnswer = z.object({
  items: z.array(inboxItem),
  nextCursor: z.string().nullable(),
  unread: z.number().int(),
});

export const markReadInput = z.object({ ids: z.array(z.uuid()).max(500).or(z.literal("all")) });

export const notificationSetting = z.object({
  kind: z.enum(kinds),
  label: z.string(),
  inbox: z.boolean(),
  email: z.boolean(),
});
export type NotificationSetting = z.output<typeof notificationSetting>;
