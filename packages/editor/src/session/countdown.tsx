import type { SessionStatus } from "@waggle/sdk";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";

const minuteMs = 60_000;
const soonMs = 10_000;
const circumference = 44;

/** The clock of the session with its ring. Turns red in the last minute and is announced once in the last ten seconds. */
export function Countdown({ session }: { session: SessionStatus }): JSX.Element | null {
  const editor = useEditor();
  const { startedAt, expiresAt } = session;
  const leftMs = timeLeft(session, editor.ticker.now.value);
  const isSoon = leftMs !== undefined && leftMs <= soonMs;
  useEffect(() => {
    if (isSoon) editor.announce(words.session.endsSoon);
  }, [isSoon, editor]);
  if (leftMs === undefined || expiresAt === undefined) return null;
  const share = startedAt === undefined ? 1 : leftMs / Math.max(1, expiresAt - startedAt);
  const time = formatTime(leftMs);
  return (
    <span
      class={`wg-count-down ${leftMs < minuteMs ? "bad" : ""}`}
      role="timer"
      aria-live="off"
      aria-label={words.session.timeLeft(time)}
    >
      <svg class="wg-ring" viewBox="0 0 18 18" aria-hidden="true" fill="none" stroke-width="2.5">
        <circle cx="9" cy="9" r="7" stroke="var(--wg-line-strong)" />
        <circle
          cx="9"
          cy="9"
          r="7"
          stroke="var(--wg-accent-line)"
          stroke-dasharray={`${(share * circumference).toFixed(1)} ${circumference}`}
          stroke-linecap="round"
        />
      </svg>
      {time}
    </span>
  );
}

/** Never more than there was: the seconds of the clock on screen are not those the session began with. */
function timeLeft({ startedAt = 0, expiresAt }: SessionStatus, now: number): number | undefined {
  return expiresAt === undefined ? undefined : Math.max(0, expiresAt - Math.max(startedAt, now));
}

/** "08:42" of milliseconds. */
export function formatTime(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
}
