import { missingHeadings, overageHeadings } from "./categories/headings.ts";
import { insufficientColorContrast } from "./categories/insufficient-color-contrast.ts";
import { insufficientFontSize } from "./categories/insufficient-font-size.ts";
import { missingAltText } from "./categories/missing-alt-text.ts";
import { missingCopyLink } from "./categories/missing-copy-link.ts";
import { missingDetailsEmail, missingDetailsPage } from "./categories/missing-details.ts";
import { missingImageLink } from "./categories/missing-image-link.ts";
import { missingMainLanguage } from "./categories/missing-main-language.ts";
import { overageHtmlWeight } from "./categories/overage-html-weight.ts";
import { overageImageWeight } from "./categories/overage-image-weight.ts";
import { unreachableWebLink } from "./categories/unreachable-web-link.ts";
import type { CheckCategory } from "./categories.ts";
import type { Check } from "./check.ts";

/** Every check by its category. */
export const checks: Readonly<Record<CheckCategory, Check>> = {
  missingAltText,
  missingCopyLink,
  missingImageLink,
  overageImageWeight,
  missingDetailsEmail,
  missingDetailsPage,
  overageHtmlWeight,
  missingHeadings,
  overageHeadings,
  missingMainLanguage,
  insufficientColorContrast,
  insufficientFontSize,
  unreachableWebLink,
};
