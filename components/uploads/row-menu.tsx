"use client";

import { Activity, Columns3, Copy, Database, Download, Play } from "lucide-react";
import type { ReactElement } from "react";
import { Menu, MenuItem } from "#components/ui/menu";
import { newRunHref } from "#components/runs/runs-href";
import type { UploadView } from "#lib/uploads/schema";

interface RowMenuProps {
  upload: UploadView;
  onMap: (upload: UploadView) => void;
  /** The button that opens it. */
  trigger: ReactElement;
}

export function RowMenu({ upload, onMap, trigger }: RowMenuProps) {
  const { dataset, run, readBy } = upload;
  const isTable = upload.state === "checked" && !upload.duplicateOf && readBy === null;
  return (
    <Menu trigger={trigger} widthPx={250}>
      {dataset ? (
        <MenuItem icon={Database} href={`/datasets/${dataset.id}`}>
          Open the dataset
        </MenuItem>
      ) : null}
      {readBy ? (
        <MenuItem icon={Play} href={newRunHref(readBy, { uploadId: upload.id })}>
          Compute with it
        </MenuItem>
      ) : null}
      {run ? (
        <MenuItem icon={Activity} href={`/runs/${run.id}`}>
          Open the cleaning run
        </MenuItem>
      ) : null}
      {dataset && dataset.rowsDropped > 0 ? (
        <MenuItem icon={Download} href={`/api/v1/datasets/${dataset.id}/rejects`} download>
          Download the dropped rows
        </MenuItem>
      ) : null}
      {isTable ? (
        <MenuItem icon={Columns3} onSelect={() => onMap(upload)}>
          {dataset ? "Map columns and clean again" : "Map columns"}
        </MenuItem>
      ) : null}
      <MenuItem icon={Copy} onSelect={() => void copyText(upload.id)}>
        Copy the upload id
      </MenuItem>
    </Menu>
  );
}

/** Plain http has no clipboard; there the id can be read in the address of the row. */
async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) await navigator.clipboard.writeText(text).catch(() => undefined);
}
