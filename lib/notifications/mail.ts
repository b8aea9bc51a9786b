import { createTransport } from "nodemailer";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";

export interface Letter {
  to: string;
  subject: string;
  text: string;
  /** Names the fact, so that a letter sent again after a crash is known as the same one. */
  messageId?: string;
}

/** Sends one plain-text letter. Throws `unavailable` when no mail server is set or it refuses. */
export async function sendMail(letter: Letter): Promise<void> {
  const url = env().SMTP_URL;
  if (!url) throw new AppError("unavailable", "No mail server is set. An administrator sets SMTP_URL.");
  const transport = createTransport(url);
  try {
    await transport.sendMail({ from: env().SMTP_FROM, ...letter });
  } catch (error) {
    throw new AppError("unavailable", "The mail server did not take the letter.", { cause: error });
  } finally {
    transport.close();
  }
}
