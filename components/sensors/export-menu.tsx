"use client";

import { Download } from "lucide-react";
import { Button } from "#components/ui/button";
import { Menu, MenuItem } from "#components/ui/menu";
import type { ExportFormat } from "#lib/http/export-format";

const WORDS: Readonly<Record<ExportFormat, string>> = {
  csv: "CSV, for spreadsheets",
  geojson: "GeoJSON, for maps",
  parquet: "Parquet, for programs",
};

interface ExportMenuProps {
  /** Address of the export, with the filter of the list and without the format. */
  href: string;
  formats: readonly ExportFormat[];
}

/** Downloads what is listed, in the format of choice. */
export function ExportMenu({ href, formats }: ExportMenuProps) {
  const separator = href.includes("?") ? "&" : "?";
  return (
    <Menu
      trigger={
        <Button size="sm" icon={<Download size={14} strokeWidth={1.75} aria-hidden />}>
          Export
        </Button>
      }
    >
      {formats.map((format) => (
        <MenuItem key={format} href={`${href}${separator}format=${format}`} download>
          {WORDS[format]}
        </MenuItem>
      ))}
    </Menu>
  );
}
