import { useSignal } from "@preact/signals";
import { headers } from "@waggle/contract";
import type { Person } from "@waggle/sdk";
import type { ComponentChildren, JSX } from "preact";
import { Dance, Icon } from "../icons/icon.tsx";
import { Avatar } from "../people/avatar.tsx";
import { Countdown } from "../session/countdown.tsx";
import { Segments } from "../shell/segments.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { useEditor } from "../state/editor-context.ts";
import { nameList, words } from "../words.ts";
import { connectWords } from "./connect-words.ts";
import { CopyButton } from "./copy-button.tsx";
import { type AgentAccess, headersOf, keyVariable, type SetUpName, setUps } from "./set-ups.ts";

/** How to let an agent in: where, with which headers, and a set-up to copy for any client. Says when one is there. */
export function ConnectSheet(): JSX.Element | null {
  const editor = useEditor();
  const { session } = editor.live.status.value;
  if (!session) return null;
  const agents = editor.live.people.value.filter(({ isMcpUser }) => isMcpUser);
  const close = () => {
    editor.view.isConnecting.value = false;
  };
  return (
    <Sheet
      title={connectWords.title}
      text={session.expiresAt === undefined ? connectWords.aboutShared : connectWords.about}
      onClose={close}
      foot={<Foot hasAgents={agents.length > 0} onClose={close} />}
    >
      <div class="wg-connect">
        {agents.length > 0 ? <Connected agents={agents} /> : <Waiting />}
        {session.templateId === undefined ? null : <Details templateId={session.templateId} />}
      </div>
    </Sheet>
  );
}

function Waiting(): JSX.Element {
  const { session } = useEditor().live.status.value;
  const isStarting = session?.state === "starting";
  return (
    <div role="status" class="cstat">
      <Dance width={72} />
      <span class="wg-grow">
        <b>{isStarting ? words.session.starting : connectWords.waiting}</b>
        <span class="wg-2">{connectWords.waitingText}</span>
      </span>
      {session ? <Countdown session={session} /> : null}
    </div>
  );
}

function Connected({ agents }: { agents: readonly Person[] }): JSX.Element {
  const [first] = agents;
  const names = nameList(agents.map(({ actor }) => actor.name));
  return (
    <div role="status" class="cstat ok">
      {first ? <Avatar actor={first.actor} size="lg" /> : null}
      <span class="wg-grow">
        <b>{connectWords.here(names, agents.length)}</b>
        <span class="wg-2">{connectWords.hereText}</span>
      </span>
      <span class="done">
        <Icon name="check" class="xs" />
        {connectWords.connected}
      </span>
    </div>
  );
}

function Details({ templateId }: { templateId: string }): JSX.Element {
  const { bee, mcpUrl } = useEditor();
  const userHandle = bee.status.session?.userHandle;
  const access: AgentAccess = { mcpUrl, templateId, userHandle };
  return (
    <>
      <div class="facts">
        <Fact label={connectWords.endpoint} text={mcpUrl} />
        <Fact label={connectWords.templateId} text={templateId} />
        <div class="wg-field">
          <span class="wg-label">{connectWords.headers}</span>
          <HeaderList access={access} />
          {userHandle === undefined ? null : <span class="hint">{connectWords.handleHint}</span>}
        </div>
      </div>
      <SetUp access={access} />
    </>
  );
}

function Fact({ label, text }: { label: string; text: string }): JSX.Element {
  return (
    <div class="wg-field">
      <span class="wg-label">{label}</span>
      <span class="wg-in fixed">
        <code class="wg-mono wg-grow wg-trunc">{text}</code>
        <CopyButton what={label} text={text} />
      </span>
    </div>
  );
}

function HeaderList({ access }: { access: AgentAccess }): JSX.Element {
  return (
    <div class="hd">
      {headersOf(access).map(([name, value]) => (
        <div key={name}>
          <code>{name}</code>
          <code class="v">
            {value}
            {name === headers.userHandle ? <span class="wg-mute"> {connectWords.optional}</span> : null}
          </code>
          <CopyButton what={connectWords.header(name)} text={`${name}: ${value}`} />
        </div>
      ))}
    </div>
  );
}

const kinds: readonly { readonly value: SetUpName; readonly label: string }[] = [
  { value: "command", label: connectWords.kinds.command },
  { value: "json", label: connectWords.kinds.json },
  { value: "typescript", label: connectWords.kinds.typescript },
  { value: "python", label: connectWords.kinds.python },
];

function SetUp({ access }: { access: AgentAccess }): JSX.Element {
  const kind = useSignal<SetUpName>("command");
  const text = setUps[kind.value](access);
  const label = connectWords.kinds[kind.value];
  return (
    <div class="set-up">
      <div class="wg-row">
        <h3 class="wg-h3 wg-grow">{connectWords.setUp}</h3>
        <Segments
          label={connectWords.setUp}
          segments={kinds}
          value={kind.value}
          onChoose={(value) => {
            kind.value = value;
          }}
        />
      </div>
      <div class="wg-code">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be preformatted text */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached with keys */}
        <pre tabIndex={0} role="group" aria-label={label}>
          {coloured(text)}
        </pre>
        <CopyButton what={connectWords.setUpOf(label)} text={text} />
      </div>
      <p class="note">
        {connectWords.keyBefore} <code class="wg-mono">{keyVariable}</code> {connectWords.keyAfter}
      </p>
    </div>
  );
}

/** Quoted texts stand out, names apart from values; the text itself stays as it is copied. */
function coloured(text: string): ComponentChildren {
  return text.split(/((?:\bf)?"(?:[^"\\\n]|\\.)*"|`[^`]*`)/).map((part, index, parts) =>
    index % 2 === 1 ? (
      <span key={`${index}`} class={parts[index + 1]?.startsWith(":") ? "ky" : "st"}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}

function Foot({ hasAgents, onClose }: { hasAgents: boolean; onClose(): void }): JSX.Element {
  const editor = useEditor();
  const isShared = editor.live.status.value.session?.expiresAt === undefined;
  if (hasAgents) {
    return (
      <>
        <span class="wg-grow wg-mute">{connectWords.more}</span>
        <button type="button" class="wg-btn primary" onClick={onClose}>
          {connectWords.watch}
        </button>
      </>
    );
  }
  return (
    <>
      <span class="wg-grow wg-mute">{isShared ? connectWords.staysOpen : connectWords.closesItself}</span>
      {isShared ? null : (
        <button type="button" class="wg-btn ghost" onClick={() => void editor.stopSession()}>
          {connectWords.cancel}
        </button>
      )}
    </>
  );
}
