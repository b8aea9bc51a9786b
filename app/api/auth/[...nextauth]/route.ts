import NextAuth from "next-auth";
import { authOptions } from "#lib/auth/options";
import { clientAddress } from "#lib/http/client-address";
import type { SegmentArgument } from "#lib/http/route-spec";

function handle(request: Request, segment: SegmentArgument): Promise<Response> {
  const caller = { address: clientAddress(request), userAgent: request.headers.get("user-agent") ?? "" };
  return NextAuth(request as never, segment as never, authOptions(caller)) as Promise<Response>;
}

export { handle as GET, handle as POST };
