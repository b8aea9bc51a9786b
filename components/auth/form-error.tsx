import { Note } from "#components/ui/note";

/** What the server refused, above the button it answers; read out when it appears. */
export function FormError({ children }: { children: string | undefined }) {
  return (
    <div role="alert" className="empty:hidden">
      {children === undefined ? null : <Note state="fault">{children}</Note>}
    </div>
  );
}
