import { AppError, type AppErrorOptions } from "#lib/errors";

/** A failure of a run's own kind, with the code that its page and the API show: "missing_output". */
export class RunFailure extends AppError {
  readonly reason: string;
  /** Another attempt may succeed. */
  readonly isTemporary: boolean;

  constructor(reason: string, detail: string, options: AppErrorOptions & { isTemporary?: boolean } = {}) {
    super("unprocessable", detail, options);
    this.reason = reason;
    this.isTemporary = options.isTemporary ?? false;
  }
}
