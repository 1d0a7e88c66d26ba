import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { pageOf } from "./page-of.test.support.ts";
import { updateVideo } from "./update-video.ts";

const elementId = "video-1";
const own = "https://img.youtube.com/vi/aqz-KE-bpKQ/hqdefault.jpg";
const otherOwn = "https://img.youtube.com/vi/eRsGyueVLvQ/hqdefault.jpg";

const videoPage = (thumbSrc: string) =>
  pageOf([
    "video",
    elementId,
    { video: { src: "https://youtu.be/aqz-KE-bpKQ", thumbSrc, mode: "thumbnail", iconType: 3 } },
  ]);

const stillIn = (story: Story): unknown => story.run(getElementDetails, { elementId }).properties.thumbnail;

test("what was read can be sent back and changes nothing", () => {
  const story = new Story(videoPage(own));
  const { properties } = story.run(getElementDetails, { elementId });
  expect(properties).toMatchObject({ src: "https://youtu.be/aqz-KE-bpKQ", thumbnail: own });
  expect(story.run(updateVideo, { elementId, ...properties })).toEqual({ elementId, changed: [] });
});

test("another video brings its own still where the old one showed its own", () => {
  const story = new Story(videoPage(own));
  const { changed, warnings } = story.run(updateVideo, { elementId, src: "https://youtu.be/eRsGyueVLvQ" });
  expect([changed, warnings]).toEqual([["src", "thumbnail"], undefined]);
  expect(stillIn(story)).toBe(otherOwn);
});

test("a picture that somebody chose stays, which is said", () => {
  const story = new Story(videoPage("https://example.com/chosen.jpg"));
  const { changed, warnings } = story.run(updateVideo, { elementId, src: "https://youtu.be/eRsGyueVLvQ" });
  expect([changed, warnings]).toEqual([
    ["src"],
    ["The thumbnail is still that of the video before: give thumbnail as well."],
  ]);
});

test("a picture in the address itself is told to be shown by few", () => {
  const story = new Story(videoPage(own));
  const { warnings } = story.run(updateVideo, { elementId, thumbnail: "data:image/png;base64,AA==" });
  expect(warnings).toEqual([expect.stringContaining("Gmail and Outlook show no data: pictures")]);
});

test("what is not given stays", () => {
  const story = new Story(videoPage(own));
  expect(story.run(updateVideo, { elementId, alt: "A rabbit", iconSize: 40 }).changed).toEqual(["alt", "iconSize"]);
  expect(story.element(elementId)).toMatchObject({
    descriptor: { video: { thumbSrc: own, iconType: 3, iconSize: 40 } },
  });
});

test("another block is named with the tool that is asked for", () => {
  expect(new Story(smallPage()).refusal(updateVideo, { elementId: "image-1", alt: "a" })).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("image-1 is an image, and update_video changes a video"),
  });
});
