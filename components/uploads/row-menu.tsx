"use client";

import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import type { UploadView } from "#lib/uploads/schema";

const ITEM =
  "block w-full cursor-pointer rounded-sm px-2.5 py-1.5 text-left text-sm text-ink outline-none data-highlighted:bg-hover max-sm:py-2.5";

interface RowMenuProps {
  upload: UploadView;
  onMap: (upload: UploadView) => void;
  /** The button that opens it. */
  children: ReactNode;
}

export function RowMenu({ upload, onMap, children }: RowMenuProps) {
  const { dataset, run } = upload;
  const isTable = upload.state === "checked" && !upload.duplicateOf;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-(--z-popover) min-w-48 animate-[fade-in_var(--dur-1)] rounded-md border border-line bg-raised p-1 shadow-2"
        >
          {dataset ? <LinkItem href={`/datasets/${dataset.id}`}>Open the dataset</LinkItem> : null}
          {run ? <LinkItem href={`/runs/${run.id}`}>Open the cleaning run</LinkItem> : null}
          {dataset && dataset.rowsDropped > 0 ? (
            <DropdownMenu.Item asChild className={ITEM}>
              <a href={`/api/v1/datasets/${dataset.id}/rejects`} download>
                Download the dropped rows
              </a>
            </DropdownMenu.Item>
          ) : null}
          {isTable ? (
            <DropdownMenu.Item className={ITEM} onSelect={() => onMap(upload)}>
              {dataset ? "Map columns and clean again" : "Map columns"}
            </DropdownMenu.Item>
          ) : null}
          <DropdownMenu.Item className={ITEM} onSelect={() => void navigator.clipboard?.writeText(upload.id)}>
            Copy the upload id
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function LinkItem({ href, children }: { href: string; children: ReactNode }) {
  return (
    <DropdownMenu.Item asChild className={ITEM}>
      <Link href={href}>{children}</Link>
    </DropdownMenu.Item>
  );
}
