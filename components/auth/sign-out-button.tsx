"use client";

import { Button } from "#components/ui/button";
import { openAnew, signOut } from "./sign-in-client.tsx";
import { useSubmit } from "./use-submit.tsx";

/** Signs out and opens a page of this portal. */
export function SignOutButton({ to, children }: { to: string; children: string }) {
  const { pending, run } = useSubmit();
  const leave = async () => {
    if (await run(signOut)) openAnew(to);
  };
  return (
    <Button size="lg" block pending={pending} onClick={() => void leave()}>
      {children}
    </Button>
  );
}
