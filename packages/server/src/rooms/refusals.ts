import { WaggleError } from "@waggle/contract";

export function sessionEnded(templateId: string): WaggleError {
  return new WaggleError("SESSION_ENDED", {
    message: "The session has ended and takes no more changes. Ask for the id of a new one.",
    data: { templateId },
  });
}

export function serverClosing(): WaggleError {
  return new WaggleError("SHUTTING_DOWN", { message: "The server is shutting down. Try again in a moment." });
}

export function roomClosing(): WaggleError {
  return new WaggleError("SHUTTING_DOWN", { message: "The room is being closed here. Call again in a moment." });
}

export function roomLoading(): WaggleError {
  return new WaggleError("NOT_READY", { message: "The template is being loaded. Call again in a moment." });
}
