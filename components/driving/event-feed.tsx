import type { FeedLine } from "#lib/driving/board/board";

interface EventFeedProps {
  lines: readonly FeedLine[];
  onSelect: (driver: string) => void;
}

/** What happened, in sentences, the newest first. */
export function EventFeed({ lines, onSelect }: EventFeedProps) {
  return (
    <section aria-label="What happened">
      <h2 className="m-0 pb-1 text-sm font-bold">What happened</h2>
      {lines.length === 0 ? <p className="text-xs text-muted">Nothing since you opened this page.</p> : null}
      <ol className="m-0 list-none p-0">
        {lines.map(({ key, at, driver, text }) => (
          <li key={key} className="flex gap-2 border-t border-line py-1 text-xs">
            <span className="flex-none text-muted tabular-nums">{at.slice(11, 19)}</span>
            <button type="button" className="link-bare text-left" onClick={() => onSelect(driver)}>
              {text}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
