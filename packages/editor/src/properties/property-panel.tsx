import { type ElementId, kindOf, labelOf, type NodeData, parentOf, type Snapshot } from "@waggle/template";
import { Fragment, type JSX } from "preact";
import { Icon, PointerOnBox } from "../icons/icon.tsx";
import { placeOf } from "../outline/element-names.ts";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";

/** The properties of what is selected. */
export function PropertyPanel(): JSX.Element {
  const editor = useEditor();
  const [id, node] = [editor.view.selectedId.value, editor.selectedNode];
  if (id === undefined || !node) return <NothingSelected />;
  const part = kindOf(node) === "module" ? editor.parts.use("properties") : undefined;
  return (
    <>
      <Crumbs id={id} />
      {kindOf(node) === "module" ? (
        part && <part.ModuleForm id={id} node={node} />
      ) : (
        <p class="wg-2 wg-note">{words.properties.notYet(labelOf(node))}</p>
      )}
    </>
  );
}

function NothingSelected(): JSX.Element {
  return (
    <div class="wg-empty">
      <PointerOnBox />
      <p class="wg-h3">{words.properties.nothingTitle}</p>
      <p>{words.properties.nothing}</p>
    </div>
  );
}

/** Row 3 › Column 1 › Button; each selects its element. */
function Crumbs({ id }: { id: ElementId }): JSX.Element {
  const editor = useEditor();
  const template = editor.live.template.value;
  const path = pathTo(template, id);
  return (
    <nav class="wg-crumbs" aria-label={words.canvas.crumbs}>
      {path.map((each, index) => (
        <Fragment key={each}>
          {index > 0 ? <Icon name="chevron-right" /> : null}
          <button type="button" aria-current={each === id ? "true" : undefined} onClick={() => editor.show(each)}>
            {placeOf(template, each)}
          </button>
        </Fragment>
      ))}
    </nav>
  );
}

function pathTo(template: Snapshot, id: ElementId): readonly ElementId[] {
  const node: NodeData | undefined = template.nodes.get(id);
  const parent = node && parentOf(node);
  return node === undefined ? [] : [...(parent === undefined ? [] : pathTo(template, parent)), id];
}
