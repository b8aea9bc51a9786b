import type { FileSource } from "#lib/uploads/engine/types";

export interface CollectedFile {
  file: FileSource & Blob;
  /** Path inside the dropped or chosen folder, "" for a single file. */
  relativePath: string;
  handle?: FileSystemFileHandle;
}

/** Folder droppings of operating systems, never data. */
const LITTER = /^(\.DS_Store|Thumbs\.db|desktop\.ini|\._.*|~\$.*)$/i;
const LITTER_FOLDERS = new Set(["__MACOSX", ".git", ".Trashes", ".Spotlight-V100"]);

interface HandleItem {
  getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}

/** All files of a drop, folders walked. Must be called inside the drop event: the items are gone after it. */
export function collectDropped(transfer: DataTransfer): Promise<CollectedFile[]> {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  // Everything is asked for at once, before the first await empties the transfer.
  const pending = items.map((item) => {
    const withHandle: DataTransferItem & HandleItem = item;
    return {
      handle: withHandle.getAsFileSystemHandle?.().catch(() => null) ?? null,
      entry: item.webkitGetAsEntry(),
      file: item.getAsFile(),
    };
  });
  return Promise.all(pending.map(collectItem)).then((groups) => groups.flat());
}

async function collectItem(item: {
  handle: Promise<FileSystemHandle | null> | null;
  entry: FileSystemEntry | null;
  file: File | null;
}): Promise<CollectedFile[]> {
  const handle = await item.handle;
  if (handle) return fromHandle(handle, "");
  if (item.entry?.isDirectory) return fromEntry(item.entry);
  return item.file ? [{ file: item.file, relativePath: "" }] : [];
}

async function fromHandle(handle: FileSystemHandle, folder: string): Promise<CollectedFile[]> {
  if (isFileHandle(handle)) {
    if (LITTER.test(handle.name)) return [];
    return [{ file: await handle.getFile(), relativePath: folder === "" ? "" : `${folder}${handle.name}`, handle }];
  }
  if (!isDirectoryHandle(handle) || LITTER_FOLDERS.has(handle.name)) return [];
  const files: CollectedFile[] = [];
  for await (const child of handle.values()) files.push(...(await fromHandle(child, `${folder}${handle.name}/`)));
  return files;
}

function isFileHandle(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === "file";
}

function isDirectoryHandle(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === "directory";
}

async function fromEntry(entry: FileSystemEntry): Promise<CollectedFile[]> {
  if (isFileEntry(entry)) {
    if (LITTER.test(entry.name)) return [];
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ file, relativePath: entry.fullPath.replace(/^\//, "") }];
  }
  if (!isDirectoryEntry(entry) || LITTER_FOLDERS.has(entry.name)) return [];
  const reader = entry.createReader();
  const files: CollectedFile[] = [];
  // A reader hands out at most 100 entries at a time and ends with an empty batch.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return files;
    for (const child of batch) files.push(...(await fromEntry(child)));
  }
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** Files of an `<input type="file">`, with or without `webkitdirectory`, or of the clipboard. */
export function collectChosen(files: Iterable<File>): CollectedFile[] {
  return [...files]
    .filter((file) => !LITTER.test(file.name))
    .filter((file) => !file.webkitRelativePath.split("/").some((folder) => LITTER_FOLDERS.has(folder)))
    .map((file) => ({ file, relativePath: file.webkitRelativePath }));
}

interface PickerWindow {
  showOpenFilePicker?: (options: { multiple: boolean }) => Promise<FileSystemFileHandle[]>;
}

/** Chromium's picker, whose handles survive a reload; null where there is none. Empty when the person cancels. */
export async function pickFiles(): Promise<CollectedFile[] | null> {
  const withPicker: Window & PickerWindow = window;
  if (!withPicker.showOpenFilePicker) return null;
  try {
    const handles = await withPicker.showOpenFilePicker({ multiple: true });
    return await Promise.all(
      handles.map(async (handle) => ({ file: await handle.getFile(), relativePath: "", handle })),
    );
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return [];
    return null;
  }
}

interface PermissionHandle {
  queryPermission?: (options: { mode: "read" }) => Promise<PermissionState>;
  requestPermission?: (options: { mode: "read" }) => Promise<PermissionState>;
}

/** The file behind a kept handle after the browser asked the person; null when refused or gone. */
export async function reopenFile(handle: FileSystemFileHandle): Promise<File | null> {
  const asked: FileSystemFileHandle & PermissionHandle = handle;
  try {
    let permission = (await asked.queryPermission?.({ mode: "read" })) ?? "granted";
    if (permission === "prompt") permission = (await asked.requestPermission?.({ mode: "read" })) ?? "denied";
    return permission === "granted" ? await handle.getFile() : null;
  } catch {
    return null;
  }
}
