import type { PoolClient } from "pg";

export interface RunArtifactRow {
  id: string;
  workspaceId: string;
  runId: string;
  sha256: string;
  sizeBytes: number;
  objectKey: string;
  mediaType: string;
  fileName: string;
  direction: "output";
}

/** Names the bytes (or finds the name they have) and links them to the run, inside the run's transaction. */
export async function insertRunArtifact(client: PoolClient, row: RunArtifactRow): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `insert into artifacts as a (id, workspace_id, sha256, size_bytes, media_type, file_name, object_key)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, sha256) do update set media_type = a.media_type returning id`,
    [row.id, row.workspaceId, row.sha256, row.sizeBytes, row.mediaType, row.fileName, row.objectKey],
  );
  const artifactId = rows[0]?.id ?? row.id;
  await client.query(
    `insert into run_artifacts (run_id, artifact_id, workspace_id, direction, name) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [row.runId, artifactId, row.workspaceId, row.direction, row.fileName],
  );
  return artifactId;
}
