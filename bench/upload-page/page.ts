import { createBrowserPorts } from "#lib/uploads/engine/browser/browser-ports";
import { UploadEngine } from "#lib/uploads/engine/upload-engine";

// What the portal's upload page does, without its looks: the file chosen in the input goes through the real engine.

export interface UploadProgress {
  state: string;
  sentBytes: number;
  failure: string | null;
}

declare global {
  interface Window {
    startUpload: () => void;
    uploadProgress: () => UploadProgress | null;
    /** One PUT of the whole file; resolves to milliseconds. */
    putWhole: (url: string) => Promise<number>;
  }
}

const engine = new UploadEngine(createBrowserPorts(), { scope: "bench" });
const input = document.querySelector("input");

function chosenFile(): File {
  const file = input?.files?.[0];
  if (!file) throw new Error("no file is chosen");
  return file;
}

window.startUpload = () => {
  engine.add([{ file: chosenFile(), relativePath: "", kind: "auto" }]);
};

window.uploadProgress = () => {
  const item = engine.getSnapshot().items.at(-1);
  return item ? { state: item.state, sentBytes: item.sentBytes, failure: item.failure?.message ?? null } : null;
};

window.putWhole = (url) =>
  new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const xhr = new XMLHttpRequest();
    xhr.open("PUT", url);
    xhr.onload = () =>
      xhr.status === 200 ? resolve(performance.now() - startedMs) : reject(new Error(`HTTP ${xhr.status}`));
    xhr.onerror = () => reject(new Error("no answer"));
    xhr.send(chosenFile());
  });

await engine.start();
document.title = "ready";
