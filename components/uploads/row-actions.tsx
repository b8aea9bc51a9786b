"use client";

import { Ellipsis, Pause, Play, RotateCw, X } from "lucide-react";
import { IconButton } from "#components/ui/icon-button";
import type { UploadView } from "#lib/uploads/schema";
import { RowMenu } from "./row-menu.tsx";
import type { UploadRow } from "./upload-rows.ts";

/** What a person can do with a line; live ones go by the queue's key. */
export interface RowCommands {
  onPause: (key: string) => void;
  onResume: (key: string) => void;
  onRetry: (key: string) => void;
  onCancel: (key: string) => void;
  onRemove: (key: string) => void;
  onMap: (upload: UploadView) => void;
  onGiveUp: (uploadId: string) => void;
}

interface RowActionsProps extends RowCommands {
  row: UploadRow;
}

export function RowActions({ row, ...commands }: RowActionsProps) {
  const { live, stored, fileName } = row;
  const shape = "flex justify-end gap-0.5";
  if (live && live.state !== "stored") {
    const { key, state } = live;
    const canPause = state === "uploading" || state === "waiting" || state === "hashing" || state === "signing";
    const canResume = state === "paused" && live.pauseReason !== "other_tab";
    return (
      <span className={shape}>
        {canPause ? (
          <IconButton size="sm" label={`Pause ${fileName}`} icon={Pause} onClick={() => commands.onPause(key)} />
        ) : null}
        {canResume && live.pauseReason === "offline" ? (
          <IconButton size="sm" label={`Pause ${fileName}`} icon={Pause} onClick={() => commands.onPause(key)} />
        ) : canResume ? (
          <IconButton size="sm" label={`Resume ${fileName}`} icon={Play} onClick={() => commands.onResume(key)} />
        ) : null}
        {state === "failed" && live.failure?.code !== "rejected" ? (
          <IconButton size="sm" label={`Retry ${fileName}`} icon={RotateCw} onClick={() => commands.onRetry(key)} />
        ) : null}
        {state === "failed" ? (
          <IconButton size="sm" label={`Remove ${fileName}`} icon={X} onClick={() => commands.onRemove(key)} />
        ) : (
          <IconButton size="sm" label={`Cancel ${fileName}`} icon={X} onClick={() => commands.onCancel(key)} />
        )}
      </span>
    );
  }
  if (!stored) return null;
  if (stored.state === "signing" || stored.state === "uploading") {
    return (
      <span className={shape}>
        <IconButton size="sm" label={`Give up ${fileName}`} icon={X} onClick={() => commands.onGiveUp(stored.id)} />
      </span>
    );
  }
  return (
    <span className={shape}>
      <RowMenu
        upload={stored}
        onMap={commands.onMap}
        trigger={<IconButton size="sm" label={`More about ${fileName}`} icon={Ellipsis} />}
      />
    </span>
  );
}
