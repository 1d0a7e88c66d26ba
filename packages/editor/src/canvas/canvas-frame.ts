import { type ReadonlySignal, signal } from "@preact/signals";
import { type CanvasRenderer, createCanvasRenderer } from "@waggle/render";
import type { ElementId, Snapshot } from "@waggle/template";
import { AfterPaint } from "../state/after-paint.ts";
import { type Box, keepEqualBoxes, noPlaces, type Places } from "./places.ts";

/** What the person looks at, and where it was in the frame. */
interface Anchor {
  readonly element: Element;
  readonly top: number;
}

interface CanvasParts {
  readonly frame: HTMLIFrameElement;
  readonly document: Document;
  /** What clips the frame to the width of the message. */
  readonly page: HTMLElement;
  /** What scrolls: the frame is always as tall as the email. */
  readonly scroller: HTMLElement;
}

/**
 * Space left and right of the message inside the frame. The mobile rules of an email hold up to its width + 20, so a
 * frame of just that width would show a phone.
 */
const margin = 20;
const revealMargin = 48;

/** The frame that shows the email, where its elements are, and what is in view. */
export class CanvasFrame {
  readonly frame: HTMLIFrameElement;
  readonly document: Document;
  readonly page: HTMLElement;
  readonly scroller: HTMLElement;
  readonly #renderer: CanvasRenderer;
  readonly #layout = signal(0);
  readonly #places = signal(noPlaces);
  readonly #observers: { disconnect(): void }[] = [];
  readonly #listening = new AbortController();
  // Right after a frame was painted measuring costs nothing; before it, it would be a layout of its own.
  readonly #afterPaint = new AfterPaint(() => this.#laidOut());
  #settling: number | undefined;
  #anchor: Anchor | undefined;
  /** Kept by events: reading it would lay out what has just changed. */
  #isScrolled = false;
  #bleed = 0;

  constructor({ frame, document, page, scroller }: CanvasParts) {
    this.frame = frame;
    this.document = document;
    this.page = page;
    this.scroller = scroller;
    this.#renderer = createCanvasRenderer(document);
    this.#followSizes();
  }

  /** Counts layouts: read it to be told when something may be elsewhere. */
  get layout(): ReadonlySignal<number> {
    return this.#layout;
  }

  /** Where the elements of the last `measure` are. */
  get places(): ReadonlySignal<Places> {
    return this.#places;
  }

  /** Reads where these elements are, all in one go: reading in between drawing would lay everything out each time. */
  measure(ids: Iterable<ElementId>): void {
    const boxes = new Map<ElementId, Box>();
    for (const id of ids) {
      const box = this.boxOf(id);
      if (box) boxes.set(id, box);
    }
    const pageWidth = this.page.clientWidth;
    const gutter = (this.scroller.clientWidth - pageWidth) / 2;
    this.#places.value = { boxes: keepEqualBoxes(this.#places.peek().boxes, boxes), pageWidth, gutter };
  }

  /** Shows a snapshot. What the person looks at stays where it is, however much changes above it. */
  update(snapshot: Snapshot, { editing }: { editing: ElementId | undefined }): void {
    // Before the change the layout is still valid, so this reads it for nothing.
    this.#anchor ??= this.#findAnchor(editing);
    this.#renderer.update(snapshot, editing === undefined ? {} : { skip: editing });
    if (this.#anchor) this.#settling ??= requestAnimationFrame(() => this.#settle());
    this.#followLayout();
  }

  elementFor(id: ElementId): HTMLElement | undefined {
    return this.#renderer.elementFor(id);
  }

  textElementFor(id: ElementId): HTMLElement | undefined {
    return this.#renderer.textElementFor(id);
  }

  /** Draws an element anew after someone else has changed its DOM. */
  redraw(id: ElementId): void {
    this.#renderer.redraw(id);
    this.#followLayout();
  }

  /** Where an element is on the page; undefined when it is not shown. */
  boxOf(id: ElementId): Box | undefined {
    const rect = this.elementFor(id)?.getBoundingClientRect();
    if (!rect || (rect.width === 0 && rect.height === 0)) return undefined;
    // Rows reach beyond the page on both sides, where the page cuts them off.
    const left = Math.max(0, rect.left - this.#bleed);
    const right = Math.min(this.page.clientWidth, rect.right - this.#bleed);
    return { left, top: rect.top, width: right - left, height: rect.height };
  }

  /** Scrolls as little as needed to bring an element into view. */
  reveal(id: ElementId, behavior: ScrollBehavior = "smooth"): void {
    const box = this.boxOf(id);
    if (!box) return;
    const top = this.#pageTop() + box.top - revealMargin;
    const bottom = this.#pageTop() + box.top + box.height + revealMargin;
    const { scrollTop, clientHeight } = this.scroller;
    const isReduced = this.document.defaultView?.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const goal = top < scrollTop || bottom - top > clientHeight ? top : Math.max(scrollTop, bottom - clientHeight);
    if (goal !== scrollTop) this.scroller.scrollTo({ top: goal, behavior: isReduced ? "auto" : behavior });
  }

  /** Brings a rectangle of the frame's own coordinates into view, for a caret. */
  revealRect({ top, bottom }: { readonly top: number; readonly bottom: number }): void {
    const { scrollTop, clientHeight } = this.scroller;
    const [from, to] = [this.#pageTop() + top - revealMargin, this.#pageTop() + bottom + revealMargin];
    if (from < scrollTop) this.scroller.scrollTop = from;
    else if (to > scrollTop + clientHeight) this.scroller.scrollTop = to - clientHeight;
  }

  /** Gives the frame the width of the page and the height of the email. */
  fit(): void {
    const width = this.page.clientWidth;
    const messageWidth = Number(this.page.dataset.messageWidth);
    this.#bleed = width >= messageWidth ? margin : 0;
    this.frame.style.width = `${width + 2 * this.#bleed}px`;
    this.frame.style.marginLeft = `${-this.#bleed}px`;
    const height = Math.ceil(this.document.body?.getBoundingClientRect().height ?? 0);
    this.frame.style.height = `${height}px`;
    this.#laidOut();
  }

  close(): void {
    if (this.#settling !== undefined) cancelAnimationFrame(this.#settling);
    this.#afterPaint.close();
    this.#listening.abort();
    for (const observer of this.#observers) observer.disconnect();
    this.#renderer.destroy();
  }

  #followSizes(): void {
    const fit = () => this.fit();
    const view = this.document.defaultView;
    // One observer per window: the frame's own tells of the email, ours of the page.
    const inside = view ? new view.ResizeObserver(fit) : undefined;
    inside?.observe(this.document.body);
    const outside = new ResizeObserver(fit);
    // Not the page itself: that gets taller by what the other one does, which would never come to an end.
    outside.observe(this.scroller);
    this.#observers.push(...(inside ? [inside, outside] : [outside]));
    const options = { capture: true, signal: this.#listening.signal };
    this.document.addEventListener("load", fit, options);
    this.scroller.addEventListener(
      "scroll",
      () => {
        this.#isScrolled = this.scroller.scrollTop > 0;
      },
      { passive: true, signal: this.#listening.signal },
    );
    // The frame is as tall as the email and never scrolls; a browser that reveals a caret may try for a moment.
    this.document.addEventListener("scroll", () => view?.scrollTo(0, 0), options);
    this.document.fonts.addEventListener("loadingdone", fit, options);
  }

  /** Distance from the top of what scrolls to the top of the page. */
  #pageTop(): number {
    return this.page.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top + this.scroller.scrollTop;
  }

  #laidOut(): void {
    this.#layout.value = this.#layout.peek() + 1;
  }

  /** A new height is told by the observers; an element that only moved is found again after the frame. */
  #followLayout(): void {
    if (!this.#afterPaint.isPending) this.#afterPaint.add(() => undefined);
  }

  /** In the frame that shows the changes, before it is painted: gives the email its height and scrolls back. */
  #settle(): void {
    const anchor = this.#anchor;
    this.#settling = undefined;
    this.#anchor = undefined;
    this.fit();
    if (anchor) this.#keep(anchor);
  }

  #findAnchor(editing: ElementId | undefined): Anchor | undefined {
    const edited = editing === undefined ? undefined : this.elementFor(editing);
    const element = edited ?? this.#firstInView();
    return element ? { element, top: element.getBoundingClientRect().top } : undefined;
  }

  /** The first element that begins in view: what reaches in from above may grow where it can't be seen. */
  #firstInView(): Element | undefined {
    if (!this.#isScrolled) return undefined;
    const hidden = this.scroller.getBoundingClientRect().top - this.page.getBoundingClientRect().top;
    if (hidden <= 0) return undefined;
    for (const element of this.document.querySelectorAll("[data-uuid]")) {
      if (element.getBoundingClientRect().top >= hidden) return element;
    }
    return undefined;
  }

  #keep({ element, top }: Anchor): void {
    if (!element.isConnected) return;
    const moved = element.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= 1) this.scroller.scrollTop += moved;
  }
}
