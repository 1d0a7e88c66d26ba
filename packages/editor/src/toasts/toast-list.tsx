import type { JSX } from "preact";
import { Icon } from "../icons/icon.tsx";
import { Avatar } from "../people/avatar.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import type { Toast } from "./toasts.ts";

/** The toasts at the foot of the editor. What they say is also said by the live region, so they are no region themselves. */
export function ToastList(): JSX.Element {
  const { toasts } = useEditor();
  return (
    <section class="wg-toasts" aria-label={words.notifications}>
      {toasts.current.value.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastView({ toast }: { toast: Toast }): JSX.Element {
  const { toasts } = useEditor();
  const { id, sign, text, detail, action } = toast;
  const act = () => {
    toasts.dismiss(id);
    action?.run();
  };
  return (
    <div
      class="wg-toast"
      onPointerEnter={() => toasts.hold(id)}
      onPointerLeave={() => toasts.release(id)}
      onFocusIn={() => toasts.hold(id)}
      onFocusOut={() => toasts.release(id)}
    >
      {typeof sign === "string" ? <Icon name={sign} /> : <Avatar actor={sign} size="sm" />}
      <span class="wg-grow">
        {text}
        {detail === undefined ? null : <span class="sub">{detail}</span>}
      </span>
      {action ? (
        <button type="button" class="k" onClick={act}>
          {action.label}
        </button>
      ) : null}
    </div>
  );
}
