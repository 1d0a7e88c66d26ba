import { expect, test } from "vitest";
import { addIcon } from "../edit/add-icon.ts";
import { addSocial } from "../edit/add-social.ts";
import { addSpacer } from "../edit/add-spacer.ts";
import { updateImage } from "../edit/update-image.ts";
import { emptyPage, Story, smallPage } from "../story.test.support.ts";
import { getContentHierarchy } from "./get-content-hierarchy.ts";

test("the hierarchy names sections, columns and blocks with their texts", () => {
  const story = new Story(smallPage());
  expect(story.run(getContentHierarchy, {})).toEqual({
    sections: [
      {
        id: "row-1",
        index: 0,
        columns: [
          {
            id: "column-1",
            index: 0,
            width: 12,
            blocks: [
              { id: "title-1", index: 0, type: "title", text: "Spring is here" },
              { id: "paragraph-1", index: 1, type: "paragraph", text: "Dear customer, our sale starts." },
              { id: "button-1", index: 2, type: "button", text: "Click here" },
            ],
          },
        ],
      },
      {
        id: "row-2",
        index: 1,
        name: "Story",
        columns: [
          { id: "column-2", index: 0, width: 4, blocks: [{ id: "image-1", index: 0, type: "image" }] },
          { id: "column-3", index: 1, width: 8, blocks: [{ id: "text-1", index: 0, type: "text", text: "Old text" }] },
        ],
      },
    ],
  });
});

test("parts can be left out", () => {
  const story = new Story(smallPage());
  const options = { section: 0, includeIds: false, includePositions: false, includeText: false };
  expect(story.run(getContentHierarchy, options)).toEqual({
    sections: [{ columns: [{ width: 12, blocks: [{ type: "title" }, { type: "paragraph" }, { type: "button" }] }] }],
  });
});

test("block types filter the blocks, and what is empty then is left out", () => {
  const story = new Story(smallPage());
  expect(story.run(getContentHierarchy, { blockTypes: ["button"], includePositions: false })).toEqual({
    sections: [
      {
        id: "row-1",
        columns: [{ id: "column-1", width: 12, blocks: [{ id: "button-1", type: "button", text: "Click here" }] }],
      },
    ],
  });
});

test("an empty email has no sections", () => {
  expect(new Story(emptyPage()).run(getContentHierarchy, {})).toEqual({ sections: [] });
});

/** Sections of two columns with two spacers each, an empty section between them. */
function longPage(sections: number) {
  const spacer = (uuid: string) => ({ uuid, type: "mailup-bee-newsletter-modules-spacer", descriptor: {} });
  const column = (uuid: string, ids: readonly string[]) => ({ uuid, "grid-columns": 6, modules: ids.map(spacer) });
  const rows = Array.from({ length: sections }, (_none, at) => ({
    uuid: `s${at}`,
    columns: [column(`s${at}a`, at === 1 ? [] : [`s${at}a0`, `s${at}a1`]), column(`s${at}b`, [`s${at}b0`, `s${at}b1`])],
  }));
  return { page: { rows } };
}

test("long emails come in pages that together are the whole", () => {
  const story = new Story(longPage(4));
  const whole = story.run(getContentHierarchy, {});
  expect(whole).not.toHaveProperty("nextCursor");
  const blocks: unknown[] = [];
  const columns = new Set<unknown>();
  const left: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = story.run(getContentHierarchy, { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
    for (const column of page.sections.flatMap((section) => section.columns)) {
      columns.add(column.id);
      blocks.push(...column.blocks);
    }
    left.push(page.left);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  const all = whole.sections.flatMap((section) => section.columns);
  expect(blocks).toEqual(all.flatMap((column) => column.blocks));
  expect([...columns]).toEqual(all.map(({ id }) => id));
  expect(left).toEqual([12, 9, 6, 3, undefined]);
});

test("a page that begins inside a section says which section and column that is", () => {
  const story = new Story(longPage(2));
  expect(story.run(getContentHierarchy, { cursor: "from:s0b1", limit: 2 })).toEqual({
    sections: [
      {
        id: "s0",
        index: 0,
        columns: [{ id: "s0b", index: 1, width: 6, blocks: [{ id: "s0b1", index: 1, type: "spacer" }] }],
      },
      { id: "s1", index: 1, columns: [{ id: "s1a", index: 0, width: 6, blocks: [] }] },
    ],
    nextCursor: "from:s1b0",
    left: 2,
  });
});

test("a page holds 100 blocks unless another limit is given", () => {
  const story = new Story(longPage(40));
  const { left, nextCursor } = story.run(getContentHierarchy, {});
  expect([left, nextCursor]).toEqual([59, "from:s25a1"]);
});

test("a cursor that is gone, or of another list, is refused with what to do", () => {
  const story = new Story(longPage(3));
  expect(story.refusal(getContentHierarchy, { cursor: "from:s9" }).code).toBe("ELEMENT_NOT_FOUND");
  const { code, message } = story.refusal(getContentHierarchy, { cursor: "s2a0", section: "s0" });
  expect([code, message]).toEqual(["INVALID_INPUT", expect.stringContaining("Call again without cursor")]);
});

test("an unknown block type is refused; other names of a type will do", () => {
  const story = new Story(smallPage());
  expect(story.refusal(getContentHierarchy, { blockTypes: ["titel"] })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("Did you mean title?"),
    data: { argument: "blockTypes", nearest: ["title"] },
  });
  expect(story.run(getContentHierarchy, { blockTypes: ["heading", "icon"] }).sections).toHaveLength(1);
});

test("blocks without a text are known by what they show", () => {
  const story = new Story(smallPage());
  story.run(updateImage, { elementId: "image-1", alt: "A night train" });
  story.run(addSocial, { section: 1, socialIcons: ["x", "YouTube"].map((name) => ({ name, href: "#" })) });
  story.run(addIcon, { section: 1, icons: [{ src: "a.png", text: "Tea" }, { src: "b.png" }] });
  story.run(addSpacer, { section: 1 });
  expect(story.outline()[1]).toBe("image A night train, social x, youtube, icons Tea, spacer | text Old text");
});

test("an unknown section is refused", () => {
  const story = new Story(smallPage());
  expect(story.refusal(getContentHierarchy, { section: "row-9" }).code).toBe("ELEMENT_NOT_FOUND");
});
