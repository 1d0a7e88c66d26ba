import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { connectWords } from "../connect/connect-words.ts";
import { historyWords } from "../history/history-words.ts";
import { Dance, Icon } from "../icons/icon.tsx";
import { Avatar } from "../people/avatar.tsx";
import type { ActivityItem, ChangeItem } from "../state/activity.ts";
import { useEditor } from "../state/editor-context.ts";
import { breakpoints } from "../state/view.ts";
import { words } from "../words.ts";
import { ageOf, clockTime } from "./age.ts";
import { sentencePartsOf } from "./sentence-parts.ts";

/** What happened in the session, newest first, and that all of it is one step. */
export function ActivityList(): JSX.Element {
  const editor = useEditor();
  const items = editor.activity.items.value;
  const isAlone = !editor.live.people.value.some(({ isMcpUser }) => isMcpUser) && items.length <= 1;
  return (
    <>
      {isAlone ? (
        <div class="wg-empty">
          <Dance />
          <p class="wg-h3">{words.activity.nobodyTitle}</p>
          <p>{words.activity.nobody}</p>
          <ConnectButton />
        </div>
      ) : null}
      <ol class="wg-act" aria-label={words.activity.list}>
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ol>
      {isAlone || editor.view.width.value > breakpoints.phone ? null : (
        <p class="wg-note">
          <ConnectButton />
        </p>
      )}
      <p class="wg-act-foot">
        {editor.isShared ? (
          words.activity.eachAStep
        ) : (
          <>
            {words.activity.oneStep} <span class="wg-kbd">{words.activity.keys.control}</span>{" "}
            <span class="wg-kbd">{words.activity.keys.z}</span> {words.activity.takesBack}
          </>
        )}
      </p>
    </>
  );
}

/** The session bar of a phone has no room for it. */
function ConnectButton(): JSX.Element {
  const editor = useEditor();
  const { session } = editor.live.status.value;
  return (
    <button
      type="button"
      class="wg-btn"
      disabled={session?.templateId === undefined}
      onClick={() => {
        editor.view.isConnecting.value = true;
      }}
    >
      <Icon name="agent" />
      {connectWords.open}
    </button>
  );
}

/** One line, drawn again only when it tells something else. */
function Item({ item }: { item: ActivityItem }): JSX.Element {
  return useMemo(() => <Line key={item.at} item={item} />, [item]);
}

function Line({ item }: { item: ActivityItem }): JSX.Element {
  if (item.kind === "change") return <ChangeLine item={item} />;
  if (item.kind === "started") return <StartLine at={item.at} />;
  return <PresenceLine item={item} />;
}

function StartLine({ at }: { at: number }): JSX.Element {
  const { isShared } = useEditor();
  return (
    <li class="sys">
      <span class="wg-2">{isShared ? <Icon name="users" /> : <Icon name="play" />}</span>
      <div>{isShared ? words.activity.cameIn : words.activity.started}</div>
      <span class="t">{clockTime(at)}</span>
    </li>
  );
}

function PresenceLine({ item }: { item: Extract<ActivityItem, { kind: "joined" | "left" }> }): JSX.Element {
  const { colors } = useEditor();
  return (
    <li class={`a${colors.colorOf(item.actor)}`}>
      <Avatar actor={item.actor} />
      <div>
        <b>{item.actor.name}</b> {words.activity[item.kind]}
      </div>
      <Age at={item.at} />
    </li>
  );
}

const linesShown = 3;
const justNowMs = 2000;

function ChangeLine({ item }: { item: ChangeItem }): JSX.Element {
  const editor = useEditor();
  const [first, ...others] = item.lines;
  const parts = sentencePartsOf(first?.sentence ?? "");
  const isNow = useComputed(() => editor.ticker.now.value - item.at < justNowMs).value;
  const shown = others.slice(0, linesShown);
  return (
    <li class={`a${editor.colors.colorOf(item.actor)} ${isNow && item.actor.kind === "agent" ? "now" : ""}`}>
      <Avatar actor={item.actor} />
      <div>
        <b>{editor.nameOf(item.actor)}</b> {parts.phrase}
      </div>
      <Age at={item.at} />
      {parts.old === undefined && parts.next === undefined ? null : (
        <div class="q">
          {parts.old === undefined ? null : <del>{parts.old}</del>}{" "}
          {parts.next === undefined ? null : <ins>{parts.next}</ins>}
        </div>
      )}
      {shown.map(({ sentence }) => (
        <div key={sentence} class="q">
          {sentencePartsOf(sentence).phrase}
        </div>
      ))}
      {others.length > shown.length ? <div class="q">{historyWords.more(others.length - shown.length)}</div> : null}
      {first ? <ShowButton elementId={first.elementId} /> : null}
    </li>
  );
}

function ShowButton({ elementId }: { elementId: string }): JSX.Element | null {
  const editor = useEditor();
  const isShown = useComputed(
    () => editor.live.template.value.nodes.has(elementId) && editor.canvas.value?.elementFor(elementId) !== undefined,
  );
  if (!isShown.value) return null;
  return (
    <div class="acts">
      <button type="button" class="wg-btn sm" onClick={() => editor.show(elementId)}>
        {words.activity.show}
      </button>
    </div>
  );
}

function Age({ at }: { at: number }): JSX.Element {
  const { ticker } = useEditor();
  // Given as a signal: a new age is a new text and no new drawing.
  return <span class="t">{useComputed(() => ageOf(at, ticker.now.value))}</span>;
}
