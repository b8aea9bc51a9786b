import { AppError, type AppErrorOptions } from "#lib/errors";

/** A failure of a run's own kind, with the code that its page and the API show: "missing_output". */
export class RunFailure extends AppError {
  readonly reason: string;

  constructor(reason: string, detail: string, options?: AppErrorOptions) {
    super("unprocessable", detail, options);
    this.reason = reason;
  }
}
