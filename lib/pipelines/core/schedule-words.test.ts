import { expect, test } from "vitest";
import { scheduleWords } from "./schedule-words.ts";

test.each([
  ["10 6 * * *", "every day at 06:10"],
  ["0 * * * *", "every hour at :00"],
  ["5 */6 * * *", "every 6 hours at :05"],
  ["*/15 * * * *", "every 15 minutes"],
  ["0 7 * * 1", "every Monday at 07:00"],
  ["0 7 * * 1-5", "0 7 * * 1-5"],
  ["0 7 1 * *", "0 7 1 * *"],
  [null, "no schedule"],
])("%s is %s", (cron, words) => expect(scheduleWords(cron)).toBe(words));
