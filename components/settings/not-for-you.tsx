import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";

/** A settings page that somebody's role does not open, reached by its address. */
export function NotForYou({ title, role }: { title: string; role: string | null }) {
  return (
    <>
      <PageHead title={title} />
      <EmptyState title="Owners of this workspace see this page">
        Your role here is {role ?? "none"}. Ask an owner to change it under Members.
      </EmptyState>
    </>
  );
}
