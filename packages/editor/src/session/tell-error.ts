import type { ErrorCode, WaggleError } from "@waggle/contract";
import type { Notice } from "../notices/notices.ts";
import type { Editor } from "../state/editor.ts";
import { words } from "../words.ts";

/** `canStart`: the session is over, and another can be had. */
type Told = Pick<Notice, "tone" | "icon" | "title" | "text"> & { readonly canStart?: boolean };

/** The errors that come by themselves and that a person can do something about. */
const told: Partial<Readonly<Record<ErrorCode, Told>>> = {
  TEMPLATE_NOT_FOUND: { tone: "warn", icon: "warn", ...sentences(words.failed.gone), canStart: true },
  SESSION_ENDED: { tone: "warn", icon: "warn", ...sentences(words.failed.gone), canStart: true },
  FORBIDDEN: { tone: "warn", icon: "lock", ...sentences(words.failed.notAllowed) },
  CONNECTION_LOST: { tone: "warn", icon: "cloud-off", ...sentences(words.failed.lost), canStart: true },
  SEATS_TAKEN: { tone: "warn", icon: "users", title: words.failed.seats, text: words.failed.seatsText },
  SHUTTING_DOWN: { tone: "bad", icon: "error", ...sentences(words.failed.closed), canStart: true },
  NOT_SAVED: { tone: "bad", icon: "error", ...sentences(words.failed.unsent) },
};

/** Tells the person of an error nobody asked for, such as a room that is gone. */
export function tellError(editor: Editor, error: WaggleError): void {
  const { canStart = false, ...notice } = told[error.code] ?? {
    tone: "bad" as const,
    icon: "error",
    title: words.failed.general,
    text: error.message,
  };
  const again = { label: words.failed.startSession, run: () => void editor.startSession() };
  editor.notices.show({ ...notice, topic: "error", actions: canStart ? [again] : [], saysWhyItEnded: canStart });
}

/** Tells the person that the template they were to join is not theirs to join now. */
export function tellNotJoined(editor: Editor, error: WaggleError): void {
  if (error.code === "SEATS_TAKEN") {
    tellError(editor, error);
    return;
  }
  const [title, text] = [words.failed.join, error.message];
  editor.notices.show({ topic: "error", tone: "warn", icon: "warn", title, text, actions: [] });
}

function sentences([title = "", text = ""]: readonly string[]): Pick<Told, "title" | "text"> {
  return { title, text };
}
