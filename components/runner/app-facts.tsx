import { KeyValues } from "#components/ui/key-values";
import { countOf } from "#lib/format/lists";
import type { AppManifest } from "#lib/runner/core/manifest";
import type { AppDetail } from "#lib/runner/schema";

/** What an app is and what it may use. */
export function AppFacts({ app }: { app: AppDetail }) {
  const { manifest } = app;
  const code = app.gitUrl ? (
    <>
      {app.gitUrl} <code className="font-mono">{app.gitRef}</code> at{" "}
      <code className="font-mono" title={app.commitSha ?? ""}>
        {app.commitSha?.slice(0, 12)}
      </code>
    </>
  ) : (
    <code className="font-mono" title={`sha256 ${app.codeSha256 ?? ""}`}>
      zip {app.codeSha256?.slice(0, 12)}
    </code>
  );
  const items = [
    { key: "Code", value: code },
    ...(app.revisionNo === null ? [] : [{ key: "Revision", value: String(app.revisionNo) }]),
    { key: "Manifest", value: app.manifestFrom === "code" ? "fieldport.json in the code" : "entered here" },
    ...(manifest ? manifestItems(manifest) : []),
    ...(app.concurrencyKey
      ? [{ key: "One at a time", value: <code className="font-mono">{app.concurrencyKey}</code> }]
      : []),
    { key: "Bucket", value: <code className="font-mono">app_runner/{app.slug}/input/…zip</code> },
    { key: "Created by", value: app.createdBy },
  ];
  return <KeyValues items={items} />;
}

function manifestItems(manifest: AppManifest) {
  return [
    { key: "Entry point", value: <code className="font-mono">{manifest.entryPoint}</code> },
    { key: "Requirements", value: manifest.requirements ?? "none" },
    {
      key: "Files",
      value: (
        <code className="font-mono">
          {manifest.input} → {manifest.output}
          {manifest.log ? `, ${manifest.log}` : ""}
        </code>
      ),
    },
    {
      key: "Limits",
      value: `${manifest.timeout}, ${manifest.memoryMb} MB memory, ${manifest.diskMb} MB disk, ${countOf(manifest.processesMax, "process", "processes")}`,
    },
    { key: "Network", value: manifest.network ? "HTTP and HTTPS to public addresses" : "off" },
    { key: "Python", value: manifest.python ?? "the newest there" },
  ];
}
