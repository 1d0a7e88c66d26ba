/** What a template is checked as: the checks differ, and so do their limits. */
export type Medium = "message" | "page" | "row";

/** Every check there is, by the name requests and answers use. */
export const checkCategories = [
  "missingAltText",
  "missingCopyLink",
  "missingImageLink",
  "overageImageWeight",
  "missingDetailsEmail",
  "missingDetailsPage",
  "overageHtmlWeight",
  "missingHeadings",
  "overageHeadings",
  "missingMainLanguage",
  "insufficientColorContrast",
  "insufficientFontSize",
  "unreachableWebLink",
] as const;

export type CheckCategory = (typeof checkCategories)[number];

/** Other spellings that clients use for a category. */
const spellings: Readonly<Record<string, CheckCategory>> = {
  missingEmailDetail: "missingDetailsEmail",
  missingEmailDetails: "missingDetailsEmail",
  missingDetailEmail: "missingDetailsEmail",
  missingPageDetail: "missingDetailsPage",
  missingPageDetails: "missingDetailsPage",
  missingDetailPage: "missingDetailsPage",
  overageHTMLWeight: "overageHtmlWeight",
  insufficientColourContrast: "insufficientColorContrast",
};

/** The category a name means, in any spelling that is known; undefined when it means none. */
export function findCategory(name: string): CheckCategory | undefined {
  return checkCategories.find((category) => category === name) ?? ownSpelling(name);
}

function ownSpelling(name: string): CheckCategory | undefined {
  return Object.hasOwn(spellings, name) ? spellings[name] : undefined;
}
