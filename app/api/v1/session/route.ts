import { mySession } from "#lib/auth/schema";
import { getMySession } from "#lib/auth/service/my-session";
import { route } from "#lib/http/route";

export const GET = route(
  { access: "session", tag: "Session", summary: "Who I am, my role here and my workspaces", response: mySession },
  ({ ctx }) => getMySession(ctx),
);
