import { WaggleError } from "@waggle/contract";

export function alreadyRunning(): WaggleError {
  return new WaggleError("SESSION_RUNNING", {
    message: "A session is running. End it with bee.stopMcpSession(), or bee.leave() in a shared room, first.",
  });
}

export function connectionLost(unsavedChanges: number): WaggleError {
  const kept =
    unsavedChanges === 0
      ? "Everything you did was saved."
      : `${unsavedChanges} of your edits did not reach it. They are kept in this editor: save its template.`;
  return new WaggleError("CONNECTION_LOST", {
    message: `The server has not answered for a minute, so the session ended here. ${kept} Start a new session when it is back.`,
    data: { unsavedChanges },
  });
}

export function stoppedEarly(): WaggleError {
  return new WaggleError("SESSION_ENDED", { message: "The session was stopped before it had begun." });
}
