/** Hosts whose pages of a commit lie at the same place below the repository. */
const HOSTS: Readonly<Record<string, string>> = {
  "github.com": "commit",
  "gitlab.com": "-/commit",
  "codeberg.org": "commit",
  "bitbucket.org": "commits",
};

/** A commit by the beginning of its hash; a link where the repository's host is known to show commits. */
export function CommitLink({ gitUrl, commitSha }: { gitUrl: string | null; commitSha: string }) {
  const words = (
    <code className="font-mono" title={commitSha}>
      {commitSha.slice(0, 12)}
    </code>
  );
  const href = gitUrl === null ? null : commitHref(gitUrl, commitSha);
  return href === null ? (
    words
  ) : (
    <a className="link" href={href} rel="noreferrer">
      {words}
    </a>
  );
}

export function commitHref(gitUrl: string, commitSha: string): string | null {
  const url = URL.parse(gitUrl);
  const place = url && HOSTS[url.hostname];
  return place ? `https://${url.hostname}${url.pathname.replace(/(\.git)?\/?$/, "")}/${place}/${commitSha}` : null;
}
