import { expect, test } from "vitest";
import { getElementDetails } from "../inspect/get-element-details.ts";
import { Story, smallPage } from "../story.test.support.ts";
import { addVideo } from "./add-video.ts";

test.each([
  "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
  "https://youtube.com/watch?list=PL1&v=aqz-KE-bpKQ&t=5s",
  "https://youtu.be/aqz-KE-bpKQ?si=x",
  "https://m.youtube.com/shorts/aqz-KE-bpKQ",
  "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
])("%s shows its own still", (src) => {
  const story = new Story(smallPage());
  const { elementId, warnings } = story.run(addVideo, { section: 0, src, alt: "A meadow" });
  expect(warnings).toBeUndefined();
  expect(story.element(elementId)).toMatchObject({
    type: "mailup-bee-newsletter-modules-video",
    descriptor: {
      video: {
        src,
        thumbSrc: "https://img.youtube.com/vi/aqz-KE-bpKQ/hqdefault.jpg",
        alt: "A meadow",
        mode: "thumbnail",
        iconColor1: "#ffffff",
      },
    },
  });
});

test("a given picture counts, and the sign to play is drawn as asked", () => {
  const story = new Story(smallPage());
  const { elementId } = story.run(addVideo, {
    section: 0,
    src: "https://youtu.be/aqz-KE-bpKQ",
    thumbnail: "{{ still }}",
    iconColor: "#000000",
    iconBackgroundColor: "#ffffff",
    iconSize: 80,
  });
  expect(story.element(elementId)).toMatchObject({
    descriptor: { video: { thumbSrc: "{{ still }}", iconColor1: "#000000", iconColor2: "#ffffff", iconSize: 80 } },
  });
  expect(story.run(getElementDetails, { elementId }).properties).toMatchObject({
    thumbnail: "{{ still }}",
    iconSize: 80,
  });
});

test.each(["https://vimeo.com/76979871", "{{ film_url }}", "https://example.com/film.mp4", "https://youtu.be/short"])(
  "%s has no still that could be told, which is said",
  (src) => {
    const { warnings } = new Story(smallPage()).run(addVideo, { section: 0, src });
    expect(warnings).toEqual(["No thumbnail: emails show a text link. Set thumbnail with update_video."]);
  },
);

test.each([
  [{}, "src is required"],
  [{ src: "cats" }, "src has to be the https: address of a video"],
  [{ src: "javascript:{{ x }}" }, "src has to be the https: address of a video"],
  [{ src: "mailto:a@example.com" }, "src has to be the https: address of a video"],
  [{ src: "https://vimeo.com/1", thumbnail: "mailto:a@example.com" }, "thumbnail has to be"],
  [{ src: "https://vimeo.com/1", iconSize: 8 }, "iconSize has to be at least 16"],
])("refused: %j: %s", (input, message) => {
  const refusal = new Story(smallPage()).refusal(addVideo, { section: 0, ...input });
  expect(refusal.code).toBe("INVALID_INPUT");
  expect(refusal.message).toContain(message);
});
