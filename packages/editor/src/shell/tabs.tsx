import type { JSX, TargetedKeyboardEvent } from "preact";

interface TabsProps<Name extends string> {
  readonly label: string;
  /** Id of the panel the tabs belong to. */
  readonly panelId: string;
  readonly tabs: readonly { readonly name: Name; readonly label: string }[];
  readonly selected: Name;
  onSelect(name: Name): void;
}

/** Tabs with roving focus: arrows, Home and End move and select. */
export function Tabs<Name extends string>(props: TabsProps<Name>): JSX.Element {
  const { label, panelId, tabs, selected, onSelect } = props;
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const next = nextIndex(event.key, { index: tabs.findIndex(({ name }) => name === selected), count: tabs.length });
    const tab = next === undefined ? undefined : tabs[next];
    if (!tab || next === undefined) return;
    event.preventDefault();
    onSelect(tab.name);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div class="wg-tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown} tabIndex={-1}>
      {tabs.map((tab) => (
        <button
          key={tab.name}
          type="button"
          role="tab"
          id={`${panelId}-${tab.name}`}
          aria-controls={panelId}
          aria-selected={tab.name === selected}
          tabIndex={tab.name === selected ? 0 : -1}
          onClick={() => onSelect(tab.name)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

function nextIndex(key: string, { index, count }: { index: number; count: number }): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: (index + 1) % count,
    ArrowLeft: (index - 1 + count) % count,
    Home: 0,
    End: count - 1,
  };
  return moves[key];
}
