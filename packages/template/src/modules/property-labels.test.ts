import { expect, test } from "vitest";
import { propertiesFor, propertyOwners } from "../properties/properties-of.ts";
import { propertyLabel } from "./property-labels.ts";

test.each([
  ["/descriptor/button/style/border-radius", "radius"],
  ["/descriptor/heading/title", "level"],
  ["/page/title", "title"],
  ["/descriptor/video/src", "video"],
  ["/descriptor/mobileStyle/font-size", "text size on mobile"],
  ["/descriptor/mobileStyle", "mobile style"],
  ["/descriptor/button/hoverStyle/background-color", "fill on hover"],
  ["/descriptor/button/style/padding-top", "inner padding top"],
  ["/descriptor/style/padding-top", "padding top"],
  ["/content/style/background-color", "content fill"],
  ["/container/style/background-color", "fill"],
  ["/descriptor/computedStyle/iconHeight", "icon height"],
  ["/descriptor/from_the-future", "from the future"],
  ["/constructor", "constructor"],
  ["/descriptor/computedStyle/hideContentOnMobile", "hidden on mobile"],
  ["/container/displayCondition/label", "display condition name"],
  ["/container/displayCondition/before", "display condition before"],
  ["/container/display-condition/description", "display condition description"],
  ["/displayCondition", "display condition"],
])("%s is called “%s”", (key, label) => {
  expect(propertyLabel(key)).toBe(label);
});

test("no two properties that show in an element are called the same", () => {
  for (const owner of propertyOwners) {
    const shown = propertiesFor(owner).filter(
      ({ drawnIn, value }) => drawnIn.length === 2 && value.kind !== "class-flag",
    );
    const places = new Set(shown.flatMap(({ pointer, mobile }) => [pointer, ...mobile.slice(0, 1)]));
    const labels = [...places].map(propertyLabel);
    expect([owner, labels.filter((label, index) => labels.indexOf(label) !== index)]).toEqual([owner, []]);
  }
});
