import { Button } from "#components/ui/button";

const STEPS = [
  {
    title: "Register your sensors",
    text: "Upload a list with id, latitude and longitude; name, elevation, owner and reference stations if you have them.",
    href: "/uploads",
    action: "Upload a list",
  },
  {
    title: "Add readings",
    text: "Drop CSV files, as loggers write them. Units and clocks are recognised; you confirm what is unclear.",
    href: "/uploads",
    action: "Upload readings",
  },
  {
    title: "See them on the map",
    text: "Every sensor gets a state and a reason by itself. From any point a few clicks lead back to the file.",
    href: "/sensors",
    action: "Open map",
  },
] as const;

/** How to begin in a workspace that holds nothing yet. */
export function FirstSteps() {
  return (
    <ol className="max-w-[760px]">
      {STEPS.map(({ title, text, href, action }, index) => (
        <li
          key={title}
          className="grid grid-cols-[28px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 border-b border-line py-4 last:border-b-0 max-sm:grid-cols-[28px_minmax(0,1fr)]"
        >
          <span
            className="grid size-6 place-items-center rounded-full border border-line-strong text-xs font-medium"
            aria-hidden
          >
            {index + 1}
          </span>
          <div>
            <h2 className="text-base">{title}</h2>
            <p className="text-sm text-muted">{text}</p>
          </div>
          <span className="max-sm:col-start-2">
            <Button href={href} variant={index === 0 ? "primary" : "secondary"}>
              {action}
            </Button>
          </span>
        </li>
      ))}
    </ol>
  );
}
