import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "#components/auth/sign-in-form";
import { AuthHead } from "#components/shell/auth-layout";
import { findPageSession } from "#lib/auth/page-context";
import { safePath } from "#lib/auth/safe-path";
import { getSignInOptions } from "#lib/auth/service/sign-in-options";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<{ next?: string; callbackUrl?: string; error?: string }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, error } = await searchParams;
  const path = safePath(next);
  if (await findPageSession()) redirect(path);
  const { oidc } = getSignInOptions();
  return (
    <>
      <AuthHead title="Sign in">Drop field data in, get results you can trace, on a map.</AuthHead>
      <SignInForm next={path} oidcName={oidc?.name ?? null} notice={noticeFor(error)} />
    </>
  );
}

/** next-auth's words for what went wrong outside our form, as sentences; unknown ones are not repeated. */
function noticeFor(error: string | undefined): string | null {
  if (error === undefined) return null;
  if (error === "NoAccount")
    return "Nobody with your address is a member here. Ask the owner of a workspace for an invitation.";
  if (error === "SessionRequired") return null;
  return "Signing in did not work. Try again.";
}
