import { TransferFailure } from "./failure.ts";
import type { SignedPart } from "./types.ts";

export interface PartToSign {
  partNumber: number;
  checksumSha256: string;
}

interface Waiting {
  part: PartToSign;
  resolve: (signed: SignedPart) => void;
  reject: (error: unknown) => void;
}

/**
 * Signs parts when they are needed, one request at a time: parts that become ready while a request is on its way
 * share the next one.
 */
export class PartSigner {
  readonly #request: (parts: PartToSign[]) => Promise<SignedPart[]>;
  #waiting: Waiting[] = [];
  #isBusy = false;

  constructor(request: (parts: PartToSign[]) => Promise<SignedPart[]>) {
    this.#request = request;
  }

  /** Rejects with the request's failure. */
  sign(part: PartToSign): Promise<SignedPart> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ part, resolve, reject });
      if (!this.#isBusy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const signed = await this.#request(batch.map(({ part }) => part));
        for (const waiter of batch) settle(waiter, signed);
      } catch (error) {
        for (const waiter of batch) waiter.reject(error);
      }
    }
    this.#isBusy = false;
  }
}

function settle({ part, resolve, reject }: Waiting, signed: readonly SignedPart[]): void {
  const found = signed.find((candidate) => candidate.partNumber === part.partNumber);
  if (found) resolve(found);
  else {
    const detail = `The server signed no address for part ${part.partNumber}.`;
    reject(new TransferFailure({ status: -1, code: "no_url", detail }));
  }
}
