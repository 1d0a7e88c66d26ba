import type { Person, SessionStatus } from "@waggle/sdk";
import type { JSX } from "preact";
import { connectWords } from "../connect/connect-words.ts";
import { Icon } from "../icons/icon.tsx";
import { Avatar } from "../people/avatar.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import { Countdown } from "./countdown.tsx";
import { doingOf } from "./doing.ts";

/** The running session: how much was changed, who is here and does what, how long it lasts, and Stop. */
export function SessionBar(): JSX.Element | null {
  const editor = useEditor();
  const { session } = editor.live.status.value;
  if (!session) return null;
  const isStopping = session.state === "stopping";
  const isInShared = editor.isShared && session.state === "active";
  const isWaiting = !editor.live.people.value.some(({ isMcpUser }) => isMcpUser);
  return (
    <section class="wg-sess" aria-label={words.session.region} data-region tabIndex={-1}>
      <span class={`wg-live ${isWaiting ? "is-waiting" : ""}`}>
        <span>{isInShared ? words.session.shared : stateText(session)}</span>
        <span class="wg-hide-xs count">
          {isInShared ? words.session.here(editor.live.people.value.length) : words.changes(session.changes)}
        </span>
      </span>
      <span class="wg-vr" />
      <div class="wg-who">
        {editor.live.people.value.map((person) => (
          <PersonChip key={person.actor.id} person={person} />
        ))}
      </div>
      <div class="end">
        <button
          type="button"
          class="wg-btn sm ghost wg-hide-xs"
          aria-label={connectWords.open}
          title={connectWords.open}
          disabled={session.templateId === undefined}
          onClick={() => {
            editor.view.isConnecting.value = true;
          }}
        >
          <Icon name="agent" />
          <span class="wg-hide-s">{words.session.connect}</span>
        </button>
        <span class="wg-vr wg-hide-xs" />
        <Countdown session={session} />
        {editor.isShared ? (
          <button
            type="button"
            class="wg-btn sm"
            aria-label={words.session.leaveShared}
            onClick={() => void editor.leave()}
          >
            {words.session.leave}
          </button>
        ) : (
          <button
            type="button"
            class="wg-btn sm"
            aria-label={words.session.stopSession}
            disabled={isStopping || session.state === "starting"}
            onClick={() => void editor.stopSession()}
          >
            <Icon name="stop" />
            {isStopping ? words.session.stopping : words.session.stop}
          </button>
        )}
      </div>
      <TimeLine session={session} />
    </section>
  );
}

function stateText({ state }: SessionStatus): string {
  const texts = {
    starting: words.session.starting,
    active: words.session.session,
    reconnecting: words.session.reconnecting,
    stopping: words.session.session,
  };
  return texts[state];
}

function PersonChip({ person }: { person: Person }): JSX.Element {
  const editor = useEditor();
  const { actor } = person;
  const name = editor.nameOf(actor);
  const doing = doingOf(editor, person);
  const { elementId } = doing;
  const canShow = elementId !== undefined;
  return (
    <button
      type="button"
      class={`wg-chip a${editor.colors.colorOf(actor)} ${doing.isWriting && person.isMcpUser ? "is-on" : ""}`}
      title={canShow ? words.session.show(name) : undefined}
      aria-disabled={!canShow}
      onClick={() => (canShow ? editor.show(elementId) : undefined)}
    >
      <Avatar actor={actor} />
      <b>{name}</b>
      <span class="d">{doing.text}</span>
    </button>
  );
}

function TimeLine({ session }: { session: SessionStatus }): JSX.Element | null {
  const { ticker } = useEditor();
  const share = shareLeft(session, ticker.now.value);
  return share === undefined ? null : <span class="time" style={{ width: `${share * 100}%` }} />;
}

/** How much of the session's time is left, 0 to 1; undefined where it has no end. */
export function shareLeft({ startedAt, expiresAt }: SessionStatus, now: number): number | undefined {
  if (startedAt === undefined || expiresAt === undefined || expiresAt <= startedAt) return undefined;
  return Math.min(1, Math.max(0, (expiresAt - now) / (expiresAt - startedAt)));
}
