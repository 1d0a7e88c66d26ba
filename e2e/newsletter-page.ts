import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

/** The page on `/` as a person uses it: a web app with the editor on a newsletter. */
export class NewsletterPage {
  readonly page: Page;
  readonly canvas: FrameLocator;
  readonly sessionBar: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = page.frameLocator("waggle-editor iframe");
    this.sessionBar = page.getByRole("region", { name: "Agent session" });
  }

  /** `origin`: another server than the one all stories share. */
  async open({ origin = "", path = "/" }: { readonly origin?: string; readonly path?: string } = {}): Promise<void> {
    await this.page.goto(origin + path);
    await expect(this.canvas.getByText("Three slow ways out of town")).toBeVisible();
  }

  headline(text: string | RegExp): Locator {
    return this.canvas.getByRole("heading", { name: text });
  }

  /** The template as the host would save it. */
  async exportedJson(): Promise<unknown> {
    return this.page.evaluate(async () => (await window.bee.getTemplateJson()).data.json);
  }

  async startSession(): Promise<string> {
    return this.page.evaluate(async () => (await window.bee.startMcpSession()).templateId);
  }

  async runDemoAgent(): Promise<void> {
    await this.page.getByRole("button", { name: "Run the demo agent" }).click();
  }

  async sessionHasEnded(): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(() => window.bee.status.session === undefined), { timeout: 45_000 })
      .toBe(true);
  }

  async historyKinds(): Promise<readonly { kind: string; undone: boolean }[]> {
    return this.page.evaluate(() => window.bee.history.entries.map(({ kind, undone }) => ({ kind, undone })));
  }

  /** Clicks into a text of the email and types at its end. */
  async typeAtEndOf(text: Locator, typed: string): Promise<void> {
    await text.click();
    await text.click();
    // The text editor arrives with the first text that is edited.
    await expect(this.canvas.locator('[contenteditable="true"]')).toBeFocused();
    await this.page.keyboard.press("End");
    await this.page.keyboard.type(typed, { delay: 20 });
  }

  async stop(): Promise<void> {
    await this.sessionBar.getByRole("button", { name: "Stop session" }).click();
  }

  async undo(): Promise<void> {
    await this.page.getByRole("button", { name: /^Undo/ }).first().click();
  }

  async redo(): Promise<void> {
    await this.page.getByRole("button", { name: /^Redo/ }).first().click();
  }
}
