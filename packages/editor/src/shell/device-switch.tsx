import type { JSX } from "preact";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import { Segments } from "./segments.tsx";

const devices = [
  { value: "desktop", label: words.topBar.desktop, icon: "desktop" },
  { value: "mobile", label: words.topBar.mobile, icon: "mobile" },
] as const;

/** Desktop or a phone's width; the canvas takes that width, so the email's own media queries decide. */
export function DeviceSwitch(): JSX.Element {
  const { view } = useEditor();
  return (
    <Segments
      class="ic"
      label={words.topBar.device}
      segments={devices}
      value={view.device.value}
      onChoose={(device) => {
        view.device.value = device;
      }}
    />
  );
}
