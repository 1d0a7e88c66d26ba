import { expect, test } from "vitest";
import { emptyPage, Story } from "../story.test.support.ts";
import { setEmailMetadata } from "./set-email-metadata.ts";

test("an e-mail without a head gets one", () => {
  const story = new Story(emptyPage());
  const input = { subject: "Hello {{ first_name }}", preheader: "Berths from 39 €", language: "pt-BR", title: "News" };
  expect(story.run(setEmailMetadata, { ...input, description: "Two\nlines" })).toEqual({
    changed: ["subject", "preheader", "language", "title", "description"],
    current: { ...input, description: "Two\nlines" },
  });
  expect(story.export()).toMatchObject({
    page: {
      title: "News",
      description: "Two\nlines",
      head: { meta: { subject: input.subject, preheader: input.preheader, lang: "pt-BR" } },
    },
  });
});

test("what a template says twice stays the same in both places", () => {
  const meta = { title: "Old", description: "", subject: "Old", lang: "en" };
  const story = new Story({ page: { title: "Old", description: "Old", head: { customTags: "", meta }, rows: [] } });
  expect(story.run(setEmailMetadata, { title: "New", description: "Old" }).changed).toEqual(["title", "description"]);
  expect(story.export()).toEqual({
    page: {
      title: "New",
      description: "Old",
      head: { customTags: "", meta: { ...meta, title: "New", description: "Old" } },
      rows: [],
    },
  });
});

test("only what is given changes, an empty text clears, and nothing given reads", () => {
  const story = new Story({ page: { head: { meta: { subject: "Old", preheader: "Kept" } }, rows: [] } });
  const current = { subject: "", preheader: "Kept" };
  expect(story.run(setEmailMetadata, { subject: "" })).toEqual({ changed: ["subject"], current });
  expect(story.run(setEmailMetadata, {})).toEqual({ changed: [], current });
  expect(story.change).toEqual({});
});

test("a subject is one line, and a language is a tag", () => {
  const story = new Story(emptyPage());
  const wrong = { subject: "Bcc\r\nBcc: everyone@example.com", language: "English, please" };
  expect(story.refusal(setEmailMetadata, wrong)).toMatchObject({
    code: "INVALID_INPUT",
    message:
      "set_email_metadata: subject has to be one line of plain text. language has to be a language, like en or pt-BR.",
    data: { argument: "subject" },
  });
});

test("markup in a subject is text like any other", () => {
  const story = new Story(emptyPage());
  const subject = "<script>1</script> & {% if a < b %}x{% endif %}";
  expect(story.run(setEmailMetadata, { subject }).current).toEqual({ subject });
});
