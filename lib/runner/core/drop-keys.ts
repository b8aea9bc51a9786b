const JOB_ID = /^[A-Za-z0-9._-]{1,128}$/;
/** An app's own folder, or none for the one that takes what is dropped. */
const DROPPED = /^(?<root>.*app_runner\/(?:(?<slug>[a-z0-9][a-z0-9-]{0,62})\/)?)input\/(?<name>[^/]+)\.zip$/;

export interface DroppedKey {
  /** Null: for the app that takes what is dropped. */
  slug: string | null;
  jobId: string;
}

/** What a key under `app_runner/` asks for; null for everything else, job names that no key should have included. */
export function parseDroppedKey(key: string): DroppedKey | null {
  const { slug, name = "" } = DROPPED.exec(key)?.groups ?? {};
  return JOB_ID.test(name) && !/^\.+$/.test(name) ? { slug: slug ?? null, jobId: name } : null;
}

const ENDINGS = { output: ".zip", machineLog: "_machine.log", appLog: "_app.log", partial: "_partial.zip" } as const;
type Kind = keyof typeof ENDINGS;

/** Where the outputs of a dropped job are put: beside its input's folder. */
export function outputKeys(inputKey: string, jobId: string, runId: string) {
  const root = `${DROPPED.exec(inputKey)?.groups?.root ?? ""}output/`;
  return {
    latest: (kind: Kind) => `${root}${jobId}${ENDINGS[kind]}`,
    ofRun: (kind: Kind) => `${root}${jobId}/${runId}${ENDINGS[kind]}`,
    result: `${root}${jobId}.json`,
  };
}
