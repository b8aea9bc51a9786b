"use client";

import { createContext, type ReactNode, useContext } from "react";

export interface ShellPerson {
  name: string;
  email: string;
  role: string;
}

export interface ShellState {
  person: ShellPerson;
  workspaceName: string;
  unread: number;
}

const Context = createContext<ShellState | null>(null);

export function ShellProvider({ value, children }: { value: ShellState; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useShell(): ShellState {
  const state = useContext(Context);
  if (!state) throw new Error("useShell outside the portal layout");
  return state;
}
