import { formFields, isSubmit, submitLook } from "../../modules/form.ts";
import { block, linked, type ModuleRenderer } from "../../modules/module-view.ts";

import { safeUrl } from "../../values/url.ts";

/** Mail clients send no forms, so a button leads to where the form would have gone. */
export const renderMessageForm: ModuleRenderer = (view) => {
  const submit = formFields(view).find(isSubmit);
  const action = safeUrl(view.reader.text("/descriptor/form/structure/attributes/action"));
  const isAddress = action !== undefined && /^(https?:)?\/\//i.test(action);
  const { label, styles } = submitLook(view, submit ?? {});
  const link = isAddress ? linked({ href: action, styles }, [label]) : undefined;
  return block(view, { content: link ? [link] : [] });
};
