"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Icon } from "#components/ui/icon";
import { Mark } from "./mark.tsx";

export interface WorkspaceChoice {
  id: string;
  name: string;
  role: string;
}

interface WorkspaceSwitcherProps {
  workspaces: readonly WorkspaceChoice[];
  workspaceId: string;
}

/** Switching loads the portal anew: nothing of the other workspace may stay on the screen. */
export async function switchTo(workspaceId: string): Promise<void> {
  const answer = await fetch("/api/v1/session/workspace", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ workspaceId }),
  });
  // eslint-disable-next-line @next/next/no-location-assign-relative-destination -- a full load is the point
  if (answer.ok) window.location.assign("/");
}

export function WorkspaceSwitcher({ workspaces, workspaceId }: WorkspaceSwitcherProps) {
  const current = workspaces.find((workspace) => workspace.id === workspaceId);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="mb-2 flex h-9 w-full items-center gap-2.5 rounded-sm px-2 text-left text-sm font-bold hover:bg-hover">
        <Mark />
        <span className="min-w-0 flex-1 truncate">{current?.name ?? "Workspace"}</span>
        <Icon icon={ChevronsUpDown} size="sm" className="text-muted" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          className="z-(--z-popover) min-w-60 rounded-lg border border-line bg-raised p-1.5 shadow-3"
        >
          <DropdownMenu.Label className="cap px-2 py-1">Workspaces</DropdownMenu.Label>
          {workspaces.map((workspace) => (
            <DropdownMenu.Item
              key={workspace.id}
              onSelect={() => void switchTo(workspace.id)}
              className="flex cursor-pointer items-center gap-2 rounded-sm px-2 py-1.5 text-sm outline-none data-highlighted:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{workspace.name}</span>
              <span className="text-xs text-muted">{workspace.role}</span>
              {workspace.id === workspaceId ? (
                <Icon icon={Check} size="sm" label="current" className="text-accent" />
              ) : (
                <span className="w-3.5" />
              )}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
