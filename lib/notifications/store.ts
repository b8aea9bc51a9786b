import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import { isMailedByDefault, type NotificationKind } from "./kinds.ts";

export interface NewNotification {
  id: string;
  userId: string;
  kind: NotificationKind;
  title: string;
  body: string;
  link: string;
  dedupeKey: string;
}

/** Through what the teller wants to tell; a person may have switched either off. */
export interface Channels {
  inbox: boolean;
  email: boolean;
}

/** Adds the notification unless this person has it already, or switched it off; says whether to mail it. */
export function insertNotification(
  scope: Pick<Ctx, "workspaceId">,
  notification: NewNotification,
  channels: Channels,
): Promise<{ isNew: boolean; wantsEmail: boolean }> {
  return inWorkspace(scope, async (tx) => {
    const { workspaceId } = scope;
    const { userId, kind } = notification;
    const setting = await tx.notificationSetting.findUnique({
      where: { workspaceId_userId_kind: { workspaceId, userId, kind } },
    });
    const inbox = channels.inbox && (setting?.inbox ?? true);
    const email = channels.email && (setting?.email ?? isMailedByDefault(kind));
    if (!inbox && !email) return { isNew: false, wantsEmail: false };
    const added = await tx.notification.createMany({
      // A person who wants mail only still gets the row, read: it is what makes delivery happen once.
      data: [{ ...notification, workspaceId, ...(inbox ? {} : { readAt: new Date() }) }],
      skipDuplicates: true,
    });
    return { isNew: added.count === 1, wantsEmail: email && added.count === 1 };
  });
}

export interface InboxItem {
  id: string;
  kind: string;
  title: string;
  body: string;
  link: string;
  createdAt: Date;
  readAt: Date | null;
}

export function listInbox(
  ctx: Ctx,
  userId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<InboxItem> & { unread: number }> {
  const before = query.cursor ? decodeCursor(query.cursor, 1)[0] : undefined;
  const mine = { workspaceId: ctx.workspaceId, userId };
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.notification.findMany({
      where: { ...mine, ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: "desc" },
      take: query.limit + 1,
      select: { id: true, kind: true, title: true, body: true, link: true, createdAt: true, readAt: true },
    });
    const unread = await tx.notification.count({ where: { ...mine, readAt: null } });
    return { ...toPage(rows, query.limit, (row) => [row.id]), unread };
  });
}

export async function markRead(ctx: Ctx, userId: string, ids: string[] | "all"): Promise<void> {
  await inWorkspace(ctx, (tx) =>
    tx.notification.updateMany({
      where: { workspaceId: ctx.workspaceId, userId, readAt: null, ...(ids === "all" ? {} : { id: { in: ids } }) },
      data: { readAt: ctx.now },
    }),
  );
}

export async function listSettings(
  ctx: Ctx,
  userId: string,
): Promise<{ kind: string; inbox: boolean; email: boolean }[]> {
  return inWorkspace(ctx, (tx) =>
    tx.notificationSetting.findMany({
      where: { workspaceId: ctx.workspaceId, userId },
      select: { kind: true, inbox: true, email: true },
    }),
  );
}

export async function saveSetting(
  ctx: Ctx,
  userId: string,
  { kind, inbox, email }: { kind: NotificationKind; inbox: boolean; email: boolean },
): Promise<void> {
  const key = { workspaceId: ctx.workspaceId, userId, kind };
  await inWorkspace(ctx, (tx) =>
    tx.notificationSetting.upsert({
      where: { workspaceId_userId_kind: key },
      create: { ...key, inbox, email },
      update: { inbox, email },
    }),
  );
}

/** The letter for a notification that has not been mailed yet; null when it is gone or done. */
export function findUnmailed(
  scope: Pick<Ctx, "workspaceId">,
  id: string,
): Promise<{ to: string; title: string; body: string; link: string; workspaceName: string } | null> {
  return inWorkspace(scope, async (tx) => {
    const row = await tx.notification.findFirst({ where: { id, workspaceId: scope.workspaceId, emailedAt: null } });
    if (!row) return null;
    const user = await tx.user.findFirst({ where: { id: row.userId }, select: { email: true } });
    const workspace = await tx.workspace.findFirst({ where: { id: scope.workspaceId }, select: { name: true } });
    return (
      user && { to: user.email, title: row.title, body: row.body, link: row.link, workspaceName: workspace?.name ?? "" }
    );
  });
}

export async function markMailed(scope: Pick<Ctx, "workspaceId">, id: string, at: Date): Promise<void> {
  await inWorkspace(scope, (tx) =>
    tx.notification.updateMany({ where: { id, workspaceId: scope.workspaceId }, data: { emailedAt: at } }),
  );
}
