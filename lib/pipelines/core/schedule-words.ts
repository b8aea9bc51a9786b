const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** The usual schedules in words; others as they are written. */
export function scheduleWords(cron: string | null): string {
  if (cron === null || cron === "") return "no schedule";
  const [minute = "", hour = "", day, month, weekday = ""] = cron.trim().split(/\s+/);
  const isEvery = (part: string | undefined) => part === "*";
  if (isEvery(day) && isEvery(month) && /^\d+$/.test(minute)) {
    const at = minute.padStart(2, "0");
    if (isEvery(weekday) && isEvery(hour)) return `every hour at :${at}`;
    const everyHours = /^\*\/(\d+)$/.exec(hour)?.[1];
    if (isEvery(weekday) && everyHours) return `every ${everyHours} hours at :${at}`;
    if (/^\d+$/.test(hour)) {
      const time = `${hour.padStart(2, "0")}:${at}`;
      if (isEvery(weekday)) return `every day at ${time}`;
      const name = /^\d$/.test(weekday) ? DAYS[Number(weekday) % 7] : undefined;
      if (name) return `every ${name} at ${time}`;
    }
  }
  const everyMinutes = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (everyMinutes && [hour, day, month, weekday].every(isEvery)) return `every ${everyMinutes} minutes`;
  return cron;
}
