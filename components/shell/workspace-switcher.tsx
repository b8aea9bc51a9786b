"use client";

import { ChevronsUpDown, Plus } from "lucide-react";
import { Icon } from "#components/ui/icon";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "#components/ui/menu";
import { Mark } from "./mark.tsx";

interface WorkspaceSwitcherProps {
  currentId: string;
  workspaces: readonly { id: string; name: string; role?: string }[];
  onSwitch: (id: string) => void;
  /** Page that makes a new one. */
  createHref?: string;
}

export function WorkspaceSwitcher({ currentId, workspaces, onSwitch, createHref }: WorkspaceSwitcherProps) {
  const current = workspaces.find((workspace) => workspace.id === currentId);
  return (
    <Menu
      align="start"
      widthPx={232}
      trigger={
        <button
          type="button"
          aria-label={`Workspace ${current?.name ?? "not chosen"}`}
          className="mb-2 flex h-9 w-full flex-none items-center gap-2.5 rounded-sm px-2 text-left text-sm hover:bg-hover group-has-[[data-shell-rail]]/shell:md:justify-center group-has-[[data-shell-rail]]/shell:md:px-0 max-md:mb-0 max-md:h-12 max-md:px-0"
        >
          <Mark />
          <span className="min-w-0 flex-1 truncate font-bold group-has-[[data-shell-rail]]/shell:md:hidden">
            {current?.name ?? "Choose a workspace"}
          </span>
          <Icon icon={ChevronsUpDown} size="sm" className="text-muted group-has-[[data-shell-rail]]/shell:md:hidden" />
        </button>
      }
    >
      <MenuLabel>Workspaces</MenuLabel>
      {workspaces.map((workspace) => (
        <MenuItem
          key={workspace.id}
          checked={workspace.id === currentId}
          onSelect={() => {
            if (workspace.id !== currentId) onSwitch(workspace.id);
          }}
        >
          {workspace.name}
          {workspace.role ? <span className="text-muted">, {workspace.role}</span> : null}
        </MenuItem>
      ))}
      {createHref === undefined ? null : (
        <>
          <MenuSeparator />
          <MenuItem icon={Plus} href={createHref}>
            New workspace
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
