import { applyChange, Draft, type Snapshot } from "@waggle/template";
import { afterEach, expect, test } from "vitest";
import everyModule from "../fixtures/every-module.test.json" with { type: "json" };
import { pageSnapshot } from "../fixtures/page-snapshot.test.support.ts";
import { type CanvasRenderer, createCanvasRenderer } from "./canvas-renderer.ts";

const frames: HTMLIFrameElement[] = [];
afterEach(() => {
  for (const frame of frames.splice(0)) frame.remove();
});

interface Page {
  readonly document: Document;
  readonly window: Window & typeof globalThis;
  readonly canvas: CanvasRenderer;
}

async function openCanvas({ width = 800, policy = "" } = {}): Promise<Page> {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width:${width}px;height:600px;border:0`;
  const meta = policy === "" ? "" : `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  frame.srcdoc = `<!doctype html><html><head>${meta}</head><body></body></html>`;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  frames.push(frame);
  await loaded;
  const { contentDocument, contentWindow } = frame;
  if (!contentDocument || !contentWindow) throw new Error("The frame has no document.");
  // The window of a frame is the global object of its own realm.
  const window = contentWindow as Window & typeof globalThis;
  return { document: contentDocument, window, canvas: createCanvasRenderer(contentDocument) };
}

function edited(snapshot: Snapshot, edit: (draft: Draft) => void): Snapshot {
  const draft = new Draft(snapshot);
  edit(draft);
  return applyChange(snapshot, draft.changeSet());
}

function requireElement(canvas: CanvasRenderer, id: string): HTMLElement {
  const element = canvas.elementFor(id);
  if (!element) throw new Error(`${id} is not shown.`);
  return element;
}

const everything = (): Snapshot => pageSnapshot(everyModule);

test("rows, columns and modules can be found and say what they are", async () => {
  const { canvas } = await openCanvas();
  canvas.update(everything());
  const told = ["row-text", "column-text", "module-heading"].map((id) => ({ ...canvas.elementFor(id)?.dataset }));
  expect(told).toEqual([
    { uuid: "row-text", kind: "row" },
    { uuid: "column-text", kind: "column" },
    { uuid: "module-heading", kind: "module", type: "heading" },
  ]);
  expect(canvas.elementFor("nobody")).toBeUndefined();
});

test("a text module shows where its text lives", async () => {
  const { canvas } = await openCanvas();
  canvas.update(everything());
  const texts = ["module-heading", "module-paragraph", "module-button"].map((id) => canvas.textElementFor(id));
  expect(texts.map((element) => [element?.tagName, element?.textContent])).toEqual([
    ["H1", "A title"],
    ["DIV", "One {{ first_name }}Two link"],
    ["SPAN", "Buy now"],
  ]);
  expect(canvas.textElementFor("module-image")).toBeUndefined();
});

test("a change touches its module and leaves every other node in place", async () => {
  const { canvas, document } = await openCanvas();
  const before = everything();
  canvas.update(before);
  const nodes = allNodes(document.body);
  const records = observe(document);
  const after = edited(before, (draft) =>
    draft.set("module-button", "/descriptor/button/style/background-color", "#ff0000"),
  );
  canvas.update(after);

  expect(allNodes(document.body)).toEqual(nodes);
  const button = requireElement(canvas, "module-button").querySelector("a");
  expect(button?.style.backgroundColor).toBe("rgb(255, 0, 0)");
  expect(records().map((record) => record.target)).toEqual(Array(records().length).fill(button));
});

test("the same snapshot again touches nothing", async () => {
  const { canvas, document } = await openCanvas();
  const snapshot = everything();
  canvas.update(snapshot);
  const records = observe(document);
  canvas.update(snapshot);
  canvas.update(edited(snapshot, (draft) => draft.set("settings", "/page/title", "Other")));
  expect(records()).toEqual([]);
});

test("a module keeps its element when it moves within a column, to another row, and when its neighbours go", async () => {
  const { canvas } = await openCanvas();
  const start = everything();
  canvas.update(start);
  const element = requireElement(canvas, "module-divider");
  const image = element.querySelector("table");
  const orders = [
    edited(start, (draft) => draft.move("module-divider", { parent: "column-right", index: 3 })),
    edited(start, (draft) => draft.move("module-divider", { parent: "column-text", index: 0 })),
    edited(start, (draft) => draft.remove("module-button")),
  ];
  for (const snapshot of orders) {
    canvas.update(snapshot);
    expect(canvas.elementFor("module-divider")).toBe(element);
    expect(element.querySelector("table")).toBe(image);
    expect(shownModules(canvas, snapshot)).toEqual(modulesInOrder(snapshot));
  }
});

test("what was deleted is gone, and is back when it comes back", async () => {
  const { canvas, document } = await openCanvas();
  const start = everything();
  canvas.update(start);
  canvas.update(edited(start, (draft) => draft.remove("row-media")));
  expect([canvas.elementFor("row-media"), canvas.elementFor("module-button")]).toEqual([undefined, undefined]);
  expect(document.querySelector('[data-uuid="module-button"]')).toBe(null);
  canvas.update(start);
  expect(shownModules(canvas, start)).toEqual(modulesInOrder(start));
});

test("the module being edited is never touched, though it may move; afterwards it is drawn anew", async () => {
  const { canvas, document } = await openCanvas();
  const start = everything();
  canvas.update(start, { skip: "module-paragraph" });
  const element = requireElement(canvas, "module-paragraph");
  const text = canvas.textElementFor("module-paragraph");
  // What a text editor does to the element it lives in.
  text?.replaceChildren("typed by a person");
  text?.setAttribute("contenteditable", "true");
  const records = observe(document, element);
  const changed = edited(start, (draft) => {
    draft.set("module-paragraph", "/descriptor/paragraph/style/color", "#ff0000");
    draft.remove("module-heading");
    draft.move("module-list", { parent: "column-text", index: 0 });
  });
  canvas.update(changed, { skip: "module-paragraph" });
  expect(records()).toEqual([]);
  expect(canvas.elementFor("module-paragraph")).toBe(element);
  expect(element.textContent).toBe("typed by a person");
  expect(shownModules(canvas, changed)).toEqual(modulesInOrder(changed));

  canvas.update(changed);
  expect(canvas.elementFor("module-paragraph")).toBe(element);
  expect(element.textContent).toBe("One {{ first_name }}Two link");
  expect(canvas.textElementFor("module-paragraph")?.style.color).toBe("rgb(255, 0, 0)");
  expect(element.querySelector("[contenteditable]")).toBe(null);
});

test("the caret stays where it is while modules around it come, go and move", async () => {
  const { canvas, document, window } = await openCanvas();
  const start = everything();
  canvas.update(start, { skip: "module-paragraph" });
  const text = canvas.textElementFor("module-paragraph");
  text?.setAttribute("contenteditable", "true");
  text?.focus();
  const moves = [
    edited(start, (draft) => draft.move("module-heading", { parent: "column-text", index: 4 })),
    edited(start, (draft) => draft.move("module-table", { parent: "column-text", index: 0 })),
    edited(start, (draft) => draft.remove("row-media")),
  ];
  for (const snapshot of moves) {
    canvas.update(snapshot, { skip: "module-paragraph" });
    expect(document.activeElement).toBe(text);
    expect(text?.contains(window.getSelection()?.anchorNode ?? null)).toBe(true);
  }
});

test("an element can be drawn anew on request", async () => {
  const { canvas } = await openCanvas();
  canvas.update(everything());
  canvas.textElementFor("module-heading")?.replaceChildren();
  canvas.redraw("module-heading");
  expect(canvas.textElementFor("module-heading")?.innerHTML).toBe("A <em>title</em>");
});

test("on a wide screen columns stand side by side", async () => {
  const { canvas, window } = await openCanvas({ width: 800 });
  canvas.update(everything());
  const columns = ["column-left", "column-right"].map((id) => requireElement(canvas, id));
  expect(columns.map((column) => window.getComputedStyle(column).display)).toEqual(["table-cell", "table-cell"]);
  const [left, right] = columns.map((column) => column.getBoundingClientRect());
  expect((left?.right ?? 0) <= (right?.left ?? 0)).toBe(true);
  expect(left?.top).toBeCloseTo(right?.top ?? 0, 0);
});

test("on a phone columns stack, in reverse where the row says so, and nothing is cut off", async () => {
  const { canvas, document } = await openCanvas({ width: 375 });
  const forward = edited(everything(), (draft) =>
    draft.set("row-media", "/content/computedStyle/rowReverseColStackOnMobile", false),
  );
  const orders: boolean[] = [];
  for (const snapshot of [forward, everything()]) {
    canvas.update(snapshot);
    const [left, right] = ["column-left", "column-right"].map((id) =>
      requireElement(canvas, id).getBoundingClientRect(),
    );
    if (!left || !right) throw new Error("A column has no box.");
    expect([left.width, right.width].every((width) => width > 300)).toBe(true);
    orders.push(left.bottom <= right.top, right.bottom <= left.top);
  }
  expect(orders).toEqual([true, false, false, true]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(375);
});

test("columns that don't stack stay side by side", async () => {
  const { canvas } = await openCanvas({ width: 375 });
  canvas.update(everything());
  const [left, right] = ["column-rest", "column-empty"].map((id) => requireElement(canvas, id).getBoundingClientRect());
  expect((left?.right ?? 0) <= (right?.left ?? 0)).toBe(true);
});

test.each([
  [800, { "module-desktop-only": true, "module-phone-only": false }],
  [375, { "module-desktop-only": false, "module-phone-only": true }],
])("at %i px only what is meant for that screen is shown", async (width, expected) => {
  const { canvas } = await openCanvas({ width });
  canvas.update(everything());
  const isShown = (id: string): boolean => requireElement(canvas, id).getBoundingClientRect().height > 0;
  expect(Object.fromEntries(Object.keys(expected).map((id) => [id, isShown(id)]))).toEqual(expected);
});

test("mobile styles hold on phones alone", async () => {
  const fontSizes: string[] = [];
  for (const width of [800, 375]) {
    const { canvas, window } = await openCanvas({ width });
    canvas.update(everything());
    const heading = canvas.textElementFor("module-heading");
    if (heading) fontSizes.push(window.getComputedStyle(heading).fontSize);
  }
  expect(fontSizes).toEqual(["38px", "28px"]);
});

test("a strict policy of the host is no obstacle", async () => {
  const policy = "default-src 'none'; script-src 'none'; style-src 'self'";
  const { canvas, document, window } = await openCanvas({ policy, width: 375 });
  const violations: string[] = [];
  document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  canvas.update(everything());
  canvas.update(edited(everything(), (draft) => draft.set("module-spacer", "/descriptor/spacer/style/height", 44)));
  await settle();
  // Pictures and fonts from other servers are the host's to allow; what is ours must not need leave.
  expect(violations.filter((directive) => directive !== "img-src" && directive !== "style-src-elem")).toEqual([]);
  const heading = canvas.textElementFor("module-heading");
  expect(heading && window.getComputedStyle(heading).fontSize).toBe("28px");
  expect(requireElement(canvas, "module-spacer").getBoundingClientRect().height).toBe(44);
  const old = canvas.textElementFor("module-text")?.querySelector("p");
  expect(old && window.getComputedStyle(old).fontSize).toBe("14px");
});

test("hostile markup is inert", async () => {
  const { canvas, document, window } = await openCanvas();
  const ran: unknown[] = [];
  Object.assign(window, { ran: (what: unknown) => ran.push(what) });
  const page = structuredClone(everyModule);
  const hostile = [
    "<img src=x onerror=ran(1)>",
    "<script>ran(2)</script>",
    '<a href="javascript:ran(3)">a</a><a href="java&#10;script:ran(3)">b</a>',
    '<p style="position:fixed;inset:0;z-index:9;background:url(javascript:ran(4));color:red">over everything</p>',
    "<svg onload=ran(5)><animate onbegin=ran(5)></svg>",
    '<iframe src="javascript:parent.ran(6)"></iframe><object data="x"></object><embed src="x">',
    '<form action="https://example.com"><button formaction="javascript:ran(7)">go</button></form>',
    '<style>*{display:none}</style><link rel="stylesheet" href="x"><base href="https://evil.example/">',
    '<div data-uuid="module-heading" data-kind="module" id="x" contenteditable="true" tabindex="0" autofocus onfocus=ran(8)>fake</div>',
    "<math><mtext></p><img src=x onerror=ran(9)></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=ran(10)>'></noscript>",
  ].join("");
  type LooseModule = { readonly descriptor: { readonly [part: string]: Record<string, unknown> } };
  const rows: readonly { readonly columns: readonly { readonly modules: readonly unknown[] }[] }[] = page.page.rows;
  const modules = rows.flatMap((row) => row.columns).flatMap((column) => column.modules);
  // Every fixture has a descriptor of named parts; their exact types differ by module.
  for (const { descriptor } of modules as readonly LooseModule[]) {
    for (const content of Object.values<unknown>(descriptor)) {
      if (typeof content === "object" && content && "html" in content) Object.assign(content, { html: hostile });
    }
    if (descriptor.heading) descriptor.heading.text = hostile;
    if (descriptor.button) Object.assign(descriptor.button, { label: hostile, href: "javascript:ran(11)" });
    if (descriptor.image) Object.assign(descriptor.image, { src: "javascript:ran(12)", href: "javascript:ran(13)" });
  }
  canvas.update(pageSnapshot(page));
  const shown = document.body.innerText;
  for (const link of document.querySelectorAll<HTMLElement>("a,button,img")) link.click();
  await settle();

  expect(shown).toContain("over everything");
  expect(ran).toEqual([]);
  expect(document.querySelectorAll("script,style,iframe,object,embed,form,button,svg,link[href='x'],base").length).toBe(
    0,
  );
  const handlers = allNodes(document.body).flatMap((node) =>
    node instanceof window.Element ? [...node.attributes].filter(({ name }) => name.startsWith("on")) : [],
  );
  expect(handlers).toEqual([]);
  expect(document.body.innerHTML).not.toMatch(/javascript:|position: ?fixed|z-index/i);
  expect(document.querySelectorAll('[data-uuid="module-heading"]').length).toBe(1);
  expect(document.querySelectorAll("[contenteditable],[autofocus]").length).toBe(0);
});

test("links and forms lead nowhere", async () => {
  const { canvas, document, window } = await openCanvas();
  canvas.update(everything());
  const address = window.location.href;
  const link = requireElement(canvas, "module-button").querySelector("a");
  const isAllowed = link?.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true }));
  await settle();
  expect([isAllowed, window.location.href, document.contains(link)]).toEqual([false, address, true]);
});

test("an empty column says so to people editing, and not to those who look", async () => {
  const { canvas } = await openCanvas();
  canvas.update(everything());
  expect(requireElement(canvas, "column-empty").textContent).toBe("Empty column");
  const preview = await openCanvas();
  const reader = createCanvasRenderer(preview.document, { mode: "send" });
  reader.update(everything());
  expect(requireElement(reader, "column-empty").textContent?.trim()).toBe("");
});

test("the breakpoint can be set", async () => {
  const { document, window } = await openCanvas({ width: 500 });
  const canvas = createCanvasRenderer(document, { breakpoint: 480 });
  canvas.update(everything());
  expect(window.getComputedStyle(requireElement(canvas, "column-left")).display).toBe("table-cell");
});

test("destroying leaves the document as it was", async () => {
  const { canvas, document } = await openCanvas();
  const head = document.head.innerHTML;
  canvas.update(everything());
  canvas.destroy();
  canvas.destroy();
  expect([document.body.innerHTML, document.head.innerHTML, document.adoptedStyleSheets.length]).toEqual(["", head, 0]);
});

function allNodes(root: Node): Node[] {
  return [root, ...[...root.childNodes].flatMap(allNodes)];
}

/** Collects what happens to the DOM from now on. */
function observe(document: Document, target: Node = document.documentElement): () => MutationRecord[] {
  const records: MutationRecord[] = [];
  const observer = new MutationObserver((batch) => records.push(...batch));
  observer.observe(target, { subtree: true, childList: true, attributes: true, characterData: true });
  return () => {
    records.push(...observer.takeRecords());
    return records;
  };
}

function modulesInOrder(snapshot: Snapshot): string[] {
  const children = (id: string): readonly string[] => snapshot.children.get(id) ?? [];
  return children("root").flatMap(children).flatMap(children);
}

function shownModules(canvas: CanvasRenderer, snapshot: Snapshot): string[] {
  const first = snapshot.children.get("root")?.[0] ?? "";
  const modules = requireElement(canvas, first).ownerDocument.querySelectorAll<HTMLElement>("[data-kind=module]");
  return [...modules].map((element) => element.dataset.uuid ?? "");
}

/** Two frames and the tasks between: enough for a load or a click to have done what it does. */
async function settle(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
}
