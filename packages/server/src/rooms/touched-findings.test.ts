import { operations, runOperation } from "@waggle/operations";
import {
  applyChange,
  type ChangeSet,
  Draft,
  emptySnapshot,
  newElementId,
  type Snapshot,
  snapshotOf,
} from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { forEachSeed, type Random } from "@waggle/testing";
import { expect, test } from "vitest";
import { TouchedFindings } from "./touched-findings.ts";

/** A template that is edited as agents do it. */
class Story {
  snapshot: Snapshot = emptySnapshot;

  call(name: string, input: object): { readonly change: ChangeSet; readonly elementId: string } {
    const operation = operations.find((each) => each.name === name);
    if (!operation) throw new Error(`There is no ${name}.`);
    const draft = new Draft(this.snapshot);
    const { output } = runOperation(operation, { draft, codec: htmlCodec, newId: newElementId }, input);
    const change = draft.changeSet();
    this.snapshot = applyChange(this.snapshot, change);
    return { change, elementId: String(Reflect.get(output, "elementId")) };
  }
}

/** The same template of other objects: nothing is known of it. */
const strange = ({ nodes }: Snapshot): Snapshot => snapshotOf(structuredClone([...nodes.entries()]));

function randomEdit(random: Random, { section, button, title, image }: Readonly<Record<string, string>>) {
  const color = random.pick(["#ffffff", "#000000", "#777777", "#ffff00"]);
  const text = random.pick([
    "Buy now",
    "Buy",
    '<span style="color: #ffff00;">Buy</span> now',
    '<span style="color: #ffff00;">Buy</span>',
    "<b>Buy</b>",
    "&nbsp;",
    "{{cta}}",
  ]);
  return random.pick([
    ["update_button", { elementId: button, text }],
    ["update_button", { elementId: button, color }],
    ["update_button", { elementId: button, href: random.pick(["", "https://example.com"]) }],
    ["update_title", { elementId: title, text }],
    ["update_title", { elementId: title, fontSize: random.pick([12, 30]) }],
    ["update_image", { elementId: image, alt: random.pick(["", "A picture"]) }],
    ["update_section_style", { sectionId: section, rowBackgroundColor: color }],
    ["set_email_default_styles", { backgroundColor: color, linkColor: color }],
  ] as const);
}

test("[REPLY-2] what is found of an element is what is found when nothing is remembered of it", () => {
  forEachSeed({ count: 60, atLeast: { "found something": 8, "found nothing": 2 } }, (random, tally) => {
    const story = new Story();
    const touched = new TouchedFindings();
    const section = story.call("add_section", { columns: [12] }).elementId;
    const made = {
      section,
      button: story.call("add_button", { section, text: "Buy now" }).elementId,
      title: story.call("add_title", { section, text: "News" }).elementId,
      image: story.call("add_image", { section, src: "https://example.com/a.png" }).elementId,
    };
    for (let edits = 0; edits < 25; edits += 1) {
      const [name, input] = randomEdit(random, made);
      const { change } = story.call(name, input);
      const found = touched.find(change, story.snapshot);
      tally.count(found.length > 0 ? "found something" : "found nothing");
      expect(found).toEqual(new TouchedFindings().find(change, strange(story.snapshot)));
    }
  });
});

test("an element that is no longer remembered is judged again", () => {
  const story = new Story();
  const touched = new TouchedFindings();
  const section = story.call("add_section", { columns: [12] }).elementId;
  const first = story.call("add_button", { section, text: "Buy now" });
  expect(touched.find(first.change, story.snapshot)).not.toEqual([]);
  for (let i = 0; i < 100; i += 1) touched.find(story.call("add_spacer", { section }).change, story.snapshot);
  const again = story.call("update_button", { elementId: first.elementId, text: "Buy" });
  expect(touched.find(again.change, story.snapshot)).toEqual(touched.find(first.change, story.snapshot));
});
