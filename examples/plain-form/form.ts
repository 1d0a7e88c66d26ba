import type { Bee, ChangeEvent } from "@waggle/sdk";
import { isRichText, moduleTypeOf, plainText, type Value, walk } from "@waggle/template";

/** What the form is made of. The elements of a page fit, and so does anything like them. */
export interface FormParts {
  readonly title: EventTarget & { value: string };
  readonly label: EventTarget & { value: string };
  readonly link: EventTarget & { value: string };
  readonly undo: EventTarget & { disabled: boolean };
  readonly undoAgents: EventTarget & { disabled: boolean };
  readonly status: { value: string };
}

/** Keeps a form and the template of a bee equal, until the returned function is called. */
export function bindForm(bee: Bee, parts: FormParts): () => void {
  const unbound = new AbortController();
  const listen = (target: EventTarget, type: string, run: () => void) =>
    target.addEventListener(type, run, { signal: unbound.signal });
  const attempt = (edit: () => unknown) => {
    parts.status.value = "";
    try {
      edit();
    } catch (failure) {
      parts.status.value = failure instanceof Error ? failure.message : String(failure);
    }
    show();
  };
  const show = () => {
    const { title, button } = findModules(bee);
    parts.title.value = textOf(title.node["/descriptor/heading/text"]);
    parts.label.value = textOf(button.node["/descriptor/button/label"]);
    parts.link.value = textOf(button.node["/descriptor/button/href"]);
    parts.undo.disabled = !bee.history.canUndo;
    parts.undoAgents.disabled = !bee.history.canUndoAgents;
  };
  const tell = ({ origin, actor }: ChangeEvent) => {
    if (origin === "remote") parts.status.value = `${actor.name} changed the template.`;
    show();
  };
  listen(parts.title, "change", () =>
    attempt(() => bee.commands.updateTitle({ elementId: findModules(bee).title.id, text: parts.title.value })),
  );
  listen(parts.label, "change", () =>
    attempt(() => bee.commands.updateButton({ elementId: findModules(bee).button.id, text: parts.label.value })),
  );
  listen(parts.link, "change", () =>
    attempt(() => bee.commands.updateButton({ elementId: findModules(bee).button.id, href: parts.link.value })),
  );
  listen(parts.undo, "click", () => attempt(() => bee.history.undo()));
  listen(parts.undoAgents, "click", () =>
    attempt(() => {
      const { entry, remarks } = bee.history.undo({ scope: "agents" });
      parts.status.value = [entry?.label, ...remarks.map(({ sentence }) => sentence)].filter(Boolean).join(". ");
    }),
  );
  const stops = [bee.subscribe(tell), bee.on("history", show), () => unbound.abort()];
  show();
  return () => stops.forEach((stop) => void stop());
}

/** The first title and the first button of the template. */
function findModules(bee: Bee) {
  const modules = [...walk(bee.template)];
  const title = modules.find(({ node }) => moduleTypeOf(node) === "heading");
  const button = modules.find(({ node }) => moduleTypeOf(node) === "button");
  if (!title || !button) throw new Error("This form is for templates with a title and a button.");
  return { title, button };
}

function textOf(value: Value | undefined): string {
  return isRichText(value) ? plainText(value).trim() : String(value ?? "");
}
