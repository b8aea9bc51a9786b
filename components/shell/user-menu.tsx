"use client";

import { LogOut } from "lucide-react";
import { Avatar } from "#components/ui/avatar";
import type { IconSource } from "#components/ui/icon";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";

interface UserMenuProps {
  name: string;
  email: string;
  /** In this workspace: owner, editor, uploader, viewer. */
  role?: string;
  links?: readonly { label: string; href: string; icon?: IconSource }[];
  onSignOut: () => void;
}

export function UserMenu({ name, email, role, links = [], onSignOut }: UserMenuProps) {
  return (
    <Menu
      widthPx={232}
      trigger={
        <button
          type="button"
          aria-label={`You: ${name}${role ? `, ${role}` : ""}`}
          className="flex-none rounded-full focus-visible:rounded-full max-sm:p-[5px]"
        >
          <Avatar name={name} />
        </button>
      }
    >
      <div className="px-[9px] pt-1.5 pb-2 text-sm">
        <div className="font-bold">{name}</div>
        <div className="truncate text-xs text-muted">
          {email}
          {role ? `, ${role}` : ""}
        </div>
      </div>
      <MenuSeparator />
      {links.map((link) => (
        <MenuItem key={link.href} href={link.href} icon={link.icon}>
          {link.label}
        </MenuItem>
      ))}
      <MenuItem icon={LogOut} onSelect={onSignOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
