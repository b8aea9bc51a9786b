import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { newId } from "#lib/ids";
import type { Ctx } from "./context.ts";
import { contextOf, findSessionOf } from "./identify.ts";
import type { SessionRecord } from "./store.ts";

/** The session behind the page being rendered; one look-up per request. */
export const findPageSession = cache(async (): Promise<SessionRecord | null> => {
  const jar = await cookies();
  const header = jar
    .getAll()
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join("; ");
  return findSessionOf(header, new Date());
});

/** The context of a page in the portal; strangers go to sign in and come back, people in no workspace are told. */
export const pageContext = cache(async (): Promise<Ctx> => {
  const session = await findPageSession();
  if (!session) {
    const path = (await headers()).get("x-fieldport-path") ?? "/";
    redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  }
  if (!session.workspaceId) redirect("/no-workspace");
  return contextOf(session, { requestId: newId(), address: "", now: new Date() });
});
