import { Activity, Database, File, Flag, Upload } from "lucide-react";
import type { LineageNode } from "#components/ui/lineage-strip";
import { formatBytes } from "#lib/format/bytes";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import { isLive, type RunDetail } from "#lib/runs/schema";

export interface LineageFile {
  uploadId: string;
  fileName: string;
  sizeBytes: number;
  state: string;
}

export interface LineageDataset {
  id: string;
  name: string;
  rowsKept: number;
}

interface RunOrigins {
  files: readonly LineageFile[];
  datasets: readonly LineageDataset[];
  made: LineageDataset | null;
}

/** The boxes for files and their uploads: one by name, several by count. */
export function fileNodes(files: readonly LineageFile[]): LineageNode[] {
  const [only] = files;
  if (!only) return [];
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const isOne = files.length === 1;
  const allChecked = files.every((file) => file.state === "checked");
  return [
    {
      key: "files",
      icon: File,
      title: isOne ? only.fileName : countOf(files.length, "file"),
      detail: formatBytes(sizeBytes),
    },
    {
      key: "uploads",
      icon: Upload,
      title: isOne ? "upload" : countOf(files.length, "upload"),
      detail: allChecked ? (isOne ? "checked" : "all checked") : "",
      href: isOne ? `/uploads?upload=${only.uploadId}` : "/uploads",
    },
  ];
}

export function datasetNodes(datasets: readonly LineageDataset[]): LineageNode[] {
  const [only] = datasets;
  if (!only) return [];
  const isOne = datasets.length === 1;
  const rows = datasets.reduce((sum, dataset) => sum + dataset.rowsKept, 0);
  const detail = `${formatNumber(rows)} rows`;
  return [
    {
      key: "datasets",
      icon: Database,
      title: isOne ? only.name : countOf(datasets.length, "dataset"),
      detail,
      href: isOne ? `/datasets/${only.id}` : "/datasets",
    },
  ];
}

/** File → upload → dataset → this run → what it made. */
export function runLineage(run: RunDetail, { files, datasets, made }: RunOrigins): LineageNode[] {
  const result: LineageNode = made
    ? {
        key: "made",
        icon: Database,
        title: made.name,
        detail: `${formatNumber(made.rowsKept)} rows`,
        href: `/datasets/${made.id}`,
      }
    : {
        key: "made",
        icon: Flag,
        title: "result",
        detail: run.state === "succeeded" ? "on this page" : isLive(run.state) ? "not yet" : "none",
      };
  return [
    ...fileNodes(files),
    ...datasetNodes(datasets),
    { key: "run", icon: Activity, title: "this run", detail: `${run.algorithm} v${run.version}`, here: true },
    result,
  ];
}
