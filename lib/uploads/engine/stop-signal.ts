/** Why a running transfer was asked to stop; thrown through its waits, never shown. */
export class StopSignal extends Error {
  readonly why: "pause" | "cancel";

  constructor(why: "pause" | "cancel") {
    super(why);
    this.name = "StopSignal";
    this.why = why;
  }
}
