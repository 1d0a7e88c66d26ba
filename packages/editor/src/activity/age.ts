import { words } from "../words.ts";

const justNowMs = 5000;
const minuteMs = 60_000;

/** "now", "20 s", "2 min"; from an hour on the time of day. */
export function ageOf(at: number, now: number): string {
  const age = now - at;
  if (age < justNowMs) return words.activity.now;
  if (age < minuteMs) return words.activity.seconds(Math.round(age / 1000));
  if (age < 60 * minuteMs) return words.activity.minutes(Math.floor(age / minuteMs));
  return clockTime(at);
}

/** "09:14" in the reader's own time zone. */
export function clockTime(at: number): string {
  // Not by `toLocaleTimeString`, which makes a formatter for each call.
  const date = new Date(at);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}
