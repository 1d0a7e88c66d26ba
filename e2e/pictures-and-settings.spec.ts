// An agent adds a picture and sets what belongs to the whole e-mail: the person sees it, and one undo takes it back.
import { expect, test } from "@playwright/test";
import { connectAgent, readTemplate } from "./agent.ts";
import { findElement } from "./find-element.ts";
import { NewsletterPage } from "./newsletter-page.ts";

/** One pixel. */
const picture =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

test("an agent's picture, subject and default styles arrive, are read by REST, and go with one undo", async ({
  page,
}) => {
  const newsletter = new NewsletterPage(page);
  await newsletter.open();
  const before = await newsletter.exportedJson();
  const templateId = await newsletter.startSession();
  const agent = await connectAgent({ templateId, name: "scout" });

  await agent.call("add_section", { columns: [12], position: 0 });
  await agent.call("add_image", { section: 0, src: picture, alt: "A small train", width: 120 });
  const added = newsletter.canvas.getByRole("img", { name: "A small train" });
  await expect(added).toBeVisible();
  const elementId = findElement(await newsletter.exportedJson(), "A small train");
  await agent.call("update_image", { elementId, alt: "A scarlet train", borderRadius: 8 });
  await expect(newsletter.canvas.getByRole("img", { name: "A scarlet train" })).toHaveCSS(
    "border-top-left-radius",
    "8px",
  );

  await agent.call("set_email_metadata", { subject: "Leave after dinner", preheader: "Wake up by the sea." });
  await agent.call("set_email_default_styles", { backgroundColor: "#102030", linkColor: "#c03020" });
  await expect
    .poll(async () => JSON.stringify(await newsletter.exportedJson()))
    .toMatch(/Leave after dinner.*#102030|#102030.*Leave after dinner/);
  const read = JSON.stringify(await readTemplate(templateId));
  for (const written of ["A scarlet train", "Leave after dinner", "Wake up by the sea.", "#102030", "#c03020"])
    expect(read).toContain(written);

  await agent.leave();
  await newsletter.sessionHasEnded();
  await newsletter.undo();
  await expect(newsletter.canvas.getByRole("img", { name: "A scarlet train" })).toHaveCount(0);
  expect(await newsletter.exportedJson()).toEqual(before);
});
