import { AppError } from "#lib/errors";

export type TokenKind = "name" | "text" | "number" | "time" | "geo" | "sign" | "end";

export interface Token {
  kind: TokenKind;
  /** As written; of texts what stands between the quotes. */
  text: string;
  /** Place in the expression, from 1. */
  at: number;
}

const PATTERNS: readonly [TokenKind, RegExp][] = [
  ["geo", /geography'([^']*)'/y],
  ["text", /'((?:[^']|'')*)'/y],
  ["time", /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/y],
  ["number", /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ["name", /[@A-Za-z_$][\w.@]*/y],
  ["sign", /[(),;=/]/y],
];

/** Cuts an expression of a query option into tokens. Throws `invalid_input` naming the place. */
export function tokenise(text: string, option: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    const found = PATTERNS.flatMap(([kind, pattern]) => {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      return match ? [{ kind, match }] : [];
    })[0];
    if (!found) throw refuse(option, `"${text.slice(at, at + 12)}" at ${at + 1} cannot be read.`);
    const { kind, match } = found;
    const inner =
      kind === "text" ? (match[1] ?? "").replaceAll("''", "'") : kind === "geo" ? (match[1] ?? "") : match[0];
    tokens.push({ kind, text: inner, at: at + 1 });
    at += match[0].length;
  }
  tokens.push({ kind: "end", text: "", at: text.length + 1 });
  return tokens;
}

export function refuse(option: string, detail: string): AppError {
  return new AppError("invalid_input", `${option}: ${detail}`, { fields: [{ pointer: `/${option}`, detail }] });
}

/** Reads tokens one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly option: string;
  #next = 0;

  constructor(text: string, option: string) {
    this.#tokens = tokenise(text, option);
    this.option = option;
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]!;
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.#next++;
    return token;
  }

  /** Takes the next token when it is this sign or word. */
  takeIf(text: string): boolean {
    const token = this.peek();
    if (token.text !== text || (token.kind !== "sign" && token.kind !== "name")) return false;
    this.take();
    return true;
  }

  expect(text: string): void {
    if (!this.takeIf(text)) throw this.unexpected(`"${text}"`);
  }

  unexpected(wanted: string): AppError {
    const { kind, text, at } = this.peek();
    const found = kind === "end" ? "the end" : `"${text}"`;
    return refuse(this.option, `at ${at} ${wanted} is expected, not ${found}.`);
  }
}
