/** Nothing of an email may run, load plugins or frames, or send forms inside the canvas. */
const policy = "script-src 'none'; object-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'";

/** Looks that belong to editing and not to the email. */
const editingCss = [
  "html{overflow:hidden;background:#fff;color-scheme:light}",
  "body{margin:0}",
  // A link must not be dragged away while someone selects text in it.
  "a,img{-webkit-user-drag:none}",
  "[data-text]{cursor:text}",
  ".ProseMirror{white-space:pre-wrap;overflow-wrap:break-word;outline:none;caret-color:#bf7100;cursor:text;min-height:1em}",
  ".ProseMirror [data-raw]{border-radius:3px;background:#efeeea;color:#5a564e;font:500 11px/16px system-ui,sans-serif;padding:0 4px}",
].join("");

/** Makes an empty frame ready to show an email. Returns its document, or undefined while the frame has none. */
export function prepareCanvasDocument(frame: HTMLIFrameElement, title: string): Document | undefined {
  const frameDocument = frame.contentDocument;
  if (!frameDocument) return undefined;
  // An empty frame is in quirks mode, where the body is never lower than the frame; a doctype has to be written.
  frameDocument.open();
  frameDocument.write("<!doctype html><html><head></head><body></body></html>");
  frameDocument.close();
  const view = frameDocument.defaultView;
  if (!view) return undefined;
  const host = frame.ownerDocument.documentElement;
  frameDocument.documentElement.lang = host.lang || "en";
  frameDocument.title = title;
  const meta = frameDocument.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = policy;
  frameDocument.head.append(meta);
  // Made by the frame's own constructor: sheets of another window are refused, `<style>` a strict host policy forbids.
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(editingCss);
  frameDocument.adoptedStyleSheets = [...frameDocument.adoptedStyleSheets, sheet];
  return frameDocument;
}
