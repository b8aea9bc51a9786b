"use client";

import { LogOut, Settings, UserRound } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import { Avatar } from "#components/ui/avatar";
import { Icon } from "#components/ui/icon";
import { useShell } from "./shell-context.tsx";

const ITEM =
  "flex cursor-pointer items-center gap-2.5 rounded-sm px-2 py-1.5 text-sm text-ink no-underline outline-none data-highlighted:bg-hover";

/** Signing out needs next-auth's own token, so that no other site can do it. */
async function signOut(): Promise<void> {
  const answer = await fetch("/api/auth/csrf");
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  await fetch("/api/auth/signout", { method: "POST", body: new URLSearchParams({ csrfToken, json: "true" }) });
  // eslint-disable-next-line @next/next/no-location-assign-relative-destination -- nothing of this person may stay in memory
  window.location.assign("/sign-in");
}

export function UserMenu() {
  const { person, workspaceName } = useShell();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="flex-none rounded-full focus-visible:rounded-full">
        <Avatar name={person.name} />
        <span className="sr-only">{person.name}, account menu</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="z-(--z-popover) min-w-56 rounded-lg border border-line bg-raised p-1.5 shadow-3"
        >
          <DropdownMenu.Label className="px-2 pt-1 pb-2">
            <span className="block text-sm font-bold">{person.name}</span>
            <span className="block text-xs text-muted">{person.email}</span>
            <span className="block text-xs text-muted">
              {person.role} of {workspaceName}
            </span>
          </DropdownMenu.Label>
          <DropdownMenu.Item asChild>
            <Link href="/settings/account" className={ITEM}>
              <Icon icon={UserRound} className="text-muted" /> My account
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item asChild>
            <Link href="/settings" className={ITEM}>
              <Icon icon={Settings} className="text-muted" /> Settings
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
          <DropdownMenu.Item className={ITEM} onSelect={() => void signOut()}>
            <Icon icon={LogOut} className="text-muted" /> Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
