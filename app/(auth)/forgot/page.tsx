import type { Metadata } from "next";
import { ForgotForm } from "#components/auth/forgot-form";
import { AuthHead } from "#components/shell/auth-layout";
import { Button } from "#components/ui/button";
import { Note } from "#components/ui/note";
import { getSignInOptions } from "#lib/auth/service/sign-in-options";

export const metadata: Metadata = { title: "Forgotten password" };
// Whether mail is on is read when the page is asked for, not when it is built.
export const dynamic = "force-dynamic";

export default function ForgotPage() {
  if (getSignInOptions().isMailOn) {
    return (
      <>
        <AuthHead title="Forgot it?">We send a link with which you set a new password.</AuthHead>
        <ForgotForm />
      </>
    );
  }
  return (
    <>
      <AuthHead title="Forgot it?" />
      <div className="flex flex-col gap-4">
        <Note state="info" title="This portal sends no mail">
          Ask an owner of your workspace: under Settings, Members she makes a link with which you set a new password.
        </Note>
        <Button href="/sign-in" size="lg" block>
          Back to sign in
        </Button>
      </div>
    </>
  );
}
