"use client";

import { Activity, Archive, ArchiveRestore, Copy, Ellipsis, Pencil, SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { IconButton } from "#components/ui/icon-button";
import { Menu, MenuItem } from "#components/ui/menu";
import { useToast } from "#components/ui/toast";
import { scenario, type Scenario } from "#lib/charging/scenarios/schema";
import { apiFetch } from "#lib/http/client";
import { ScenarioDialog, type ScenarioWords } from "./scenario-dialog.tsx";

const NAME_MAX = 120;

/** What can be done with a scenario in a list. */
export function ScenarioActions({ scenario: one }: { scenario: Scenario }) {
  const router = useRouter();
  const toast = useToast();
  const [isNaming, setNaming] = useState(false);
  const path = `/api/v1/charging/scenarios/${one.id}`;
  const change = async (body: Partial<ScenarioWords> & { archived?: boolean }) => {
    await apiFetch(path, { method: "PATCH", body, response: scenario });
    router.refresh();
  };
  const duplicate = async () => {
    const body = { name: `Copy of ${one.name}`.slice(0, NAME_MAX), runId: one.runId, tags: one.tags, notes: one.notes };
    await apiFetch("/api/v1/charging/scenarios", { method: "POST", body, response: scenario });
    router.refresh();
  };
  const attempt = (work: Promise<void>) =>
    void work.catch((cause: unknown) =>
      toast({ state: "fault", message: cause instanceof Error ? cause.message : String(cause) }),
    );
  const isArchived = one.archivedAt !== null;
  return (
    <span className="relative z-1">
      <Menu trigger={<IconButton size="sm" label={`More about ${one.name}`} icon={Ellipsis} />}>
        <MenuItem icon={Activity} href={`/runs/${one.runId}`}>
          Open the run
        </MenuItem>
        <MenuItem icon={SlidersHorizontal} href={`/runs/new/${one.algorithm}?from=${one.runId}`}>
          Run with changes
        </MenuItem>
        <MenuItem icon={Pencil} onSelect={() => setNaming(true)}>
          Rename or tag
        </MenuItem>
        <MenuItem icon={Copy} onSelect={() => attempt(duplicate())}>
          Duplicate
        </MenuItem>
        <MenuItem
          icon={isArchived ? ArchiveRestore : Archive}
          onSelect={() => attempt(change({ archived: !isArchived }))}
        >
          {isArchived ? "Bring back" : "Archive"}
        </MenuItem>
      </Menu>
      {isNaming ? (
        <ScenarioDialog
          title={`Rename “${one.name}”`}
          description="Its run and its figures stay as they are."
          submitLabel="Save"
          initial={one}
          open
          onOpenChange={setNaming}
          onSave={change}
        />
      ) : null}
    </span>
  );
}
