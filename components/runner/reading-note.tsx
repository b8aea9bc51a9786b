"use client";

import { useRouter } from "next/navigation";
import { FormError } from "#components/auth/form-error";
import { useSubmit } from "#components/auth/use-submit";
import { Button } from "#components/ui/button";
import { Note } from "#components/ui/note";
import { RefreshWhileRunning } from "#components/ui/refresh-while-running";
import { apiFetch } from "#lib/http/client";
import { appDetail, type ManifestReading } from "#lib/runner/schema";

interface ReadingNoteProps {
  appId: string;
  reading: ManifestReading;
  /** What runs use until it has been read; null: nothing can run. */
  revisionNo: number | null;
  mayChange: boolean;
}

/** A repository's fieldport.json on its way: that it is being read, or what is wrong and what to do. */
export function ReadingNote({ appId, reading, revisionNo, mayChange }: ReadingNoteProps) {
  const router = useRouter();
  const { pending, run, problem } = useSubmit();
  const { state, gitUrl, gitRef, detail, problems } = reading;
  const file = <code className="font-mono">fieldport.json</code>;
  const commit = <code className="font-mono">{reading.commitSha.slice(0, 12)}</code>;
  const meanwhile = revisionNo === null ? "Nothing can run until then." : `Runs use revision ${revisionNo} until then.`;
  const again = () =>
    run(async () => {
      const body = { source: { kind: "git", url: gitUrl, ref: gitRef } };
      await apiFetch(`/api/v1/runner/apps/${appId}`, { method: "PATCH", body, response: appDetail });
      router.refresh();
    });
  if (state === "reading") {
    return (
      <Note state="info" live title="Reading the manifest" className="mb-4">
        <RefreshWhileRunning />
        {file} of commit {commit} ({gitRef}) is fetched from the repository. {meanwhile}
        {detail === null ? null : <p>It did not come through yet and is tried again by itself: {detail}</p>}
      </Note>
    );
  }
  const actions = mayChange ? (
    <>
      <Button size="sm" pending={pending} onClick={() => void again()}>
        Read {gitRef} again
      </Button>
      <Button size="sm" href={`/runner/${appId}/settings`}>
        Change address, token or manifest
      </Button>
    </>
  ) : undefined;
  return (
    <Note state="fault" live title="The manifest could not be read" className="mb-4" actions={actions}>
      {problems.length === 0 ? (
        <p>{detail}</p>
      ) : (
        <>
          <p>
            {file} of commit {commit} ({gitRef}) cannot be used:
          </p>
          <ul className="my-1 list-disc pl-5">
            {problems.map((found) => (
              <li key={`${found.pointer} ${found.detail}`}>
                <code className="font-mono">{found.pointer}</code> {found.detail}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>Correct it in the repository and read it again, or enter here how the app is run. {meanwhile}</p>
      <FormError>{problem?.detail}</FormError>
    </Note>
  );
}
