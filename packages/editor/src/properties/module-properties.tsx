import type { ElementId, NodeData } from "@waggle/template";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { Segments } from "../shell/segments.tsx";
import { useEditor } from "../state/editor-context.ts";
import { isOnAt, percentAt, pixelsAt, plainLineAt, textAt } from "./element-values.ts";
import { ColorField, NumberField, Property, Section, Slider, TextField } from "./fields.tsx";
import type { Change, ModuleForm } from "./module-forms.ts";
import { propertyWords } from "./property-words.ts";

interface ModulePropertiesProps {
  readonly id: ElementId;
  readonly node: NodeData;
  readonly form: ModuleForm;
}

interface PartProps {
  readonly node: NodeData;
  readonly form: ModuleForm;
  /** Makes the change; answers with the reason when it is refused. */
  set(change: Change): string | undefined;
}

/** The properties of a module, in the order of the panel: what it says, how it looks, where it stands, who sees it. */
export function ModuleProperties({ id, node, form }: ModulePropertiesProps): JSX.Element {
  const editor = useEditor();
  const set = (change: Change) => editor.attempt(() => form.update(editor.bee.commands, id, change));
  const part = { node, form, set };
  const { pointers } = form;
  return (
    <>
      {pointers.text || pointers.href ? <ContentPart {...part} /> : null}
      <TextPart {...part} />
      {pointers.backgroundColor ? <ButtonPart {...part} /> : null}
      <SpacingPart {...part} />
      <ShowOnPart {...part} />
    </>
  );
}

function ContentPart({ node, form, set }: PartProps): JSX.Element {
  const { text, href } = form.pointers;
  const [labelId, linkId] = [useId(), useId()];
  const line = text === undefined ? undefined : plainLineAt(node, text);
  return (
    <Section>
      {text === undefined ? null : (
        <div class="wg-field">
          <label class="wg-label" for={labelId}>
            {propertyWords.label}
          </label>
          <TextField
            id={labelId}
            label={propertyWords.label}
            value={line ?? ""}
            isReadOnly={line === undefined}
            commit={(value) => set({ text: value })}
          />
          {line === undefined ? <span class="hint">{propertyWords.mixedText}</span> : null}
        </div>
      )}
      {href === undefined ? null : (
        <div class="wg-field">
          <label class="wg-label" for={linkId}>
            {propertyWords.link}
          </label>
          <TextField
            id={linkId}
            icon="link"
            label={propertyWords.link}
            value={textAt(node, href)}
            commit={(value) => set({ href: value })}
          />
        </div>
      )}
    </Section>
  );
}

const levels = (["h1", "h2", "h3"] as const).map((value) => ({ value, label: value.toUpperCase() }));
const alignments = (["left", "center", "right"] as const).map((value) => ({
  value,
  label: propertyWords.alignments[value],
  icon: `align-${value}`,
}));

function TextPart({ node, form, set }: PartProps): JSX.Element {
  const { headingLevel, fontSize, textAlign, color } = form.pointers;
  return (
    <Section title={headingLevel === undefined ? propertyWords.text : propertyWords.title}>
      {headingLevel === undefined ? null : (
        <Property label={propertyWords.level}>
          <Segments
            class="full"
            label={propertyWords.level}
            segments={levels}
            value={levels.find(({ value }) => value === textAt(node, headingLevel))?.value}
            onChoose={(level) => set({ headingLevel: level })}
          />
        </Property>
      )}
      {fontSize === undefined ? null : (
        <Property label={propertyWords.size}>
          <NumberField
            label={propertyWords.sizePixels}
            unit="px"
            value={pixelsAt(node, fontSize)}
            commit={(value) => set({ fontSize: value })}
          />
        </Property>
      )}
      {textAlign === undefined ? null : (
        <Alignment value={textAt(node, textAlign)} onChoose={(value) => set({ textAlign: value })} />
      )}
      {color === undefined ? null : (
        <Property label={propertyWords.textColour}>
          <ColorField
            label={propertyWords.textColour}
            value={textAt(node, color)}
            commit={(value) => set({ color: value })}
          />
        </Property>
      )}
    </Section>
  );
}

type Side = (typeof alignments)[number]["value"];

function Alignment({ value, onChoose }: { value: string; onChoose(value: Side): void }): JSX.Element {
  return (
    <Property label={propertyWords.align}>
      <Segments
        class="full ic"
        label={propertyWords.align}
        segments={alignments}
        value={alignments.find((each) => each.value === value)?.value}
        onChoose={onChoose}
      />
    </Property>
  );
}

const roundest = 60;

function ButtonPart({ node, form, set }: PartProps): JSX.Element {
  const { backgroundColor, borderRadius, align } = form.pointers;
  const radius = pixelsAt(node, borderRadius);
  return (
    <Section title={form.title}>
      <Property label={propertyWords.fill}>
        <ColorField
          label={propertyWords.fill}
          value={textAt(node, backgroundColor)}
          commit={(value) => set({ backgroundColor: value })}
        />
      </Property>
      <Property label={propertyWords.radius}>
        <span class="wg-row">
          <Slider
            label={propertyWords.radius}
            value={radius ?? 0}
            max={roundest}
            commit={(value) => set({ borderRadius: value })}
          />
          <span class="narrow">
            <NumberField
              label={propertyWords.radiusPixels}
              unit="px"
              value={radius}
              commit={(value) => set({ borderRadius: value })}
            />
          </span>
        </span>
      </Property>
      <Width node={node} form={form} set={set} />
      {align === undefined ? null : (
        <Alignment value={textAt(node, align)} onChoose={(value) => set({ align: value })} />
      )}
    </Section>
  );
}

type WidthKind = keyof typeof propertyWords.widths;
const widthKinds: readonly { readonly value: WidthKind; readonly label: string }[] = [
  { value: "fit", label: propertyWords.widths.fit },
  { value: "full", label: propertyWords.widths.full },
  { value: "fixed", label: propertyWords.widths.fixed },
];
const widthsOf: Readonly<Record<WidthKind, "auto" | number>> = { fit: "auto", full: 100, fixed: 50 };

function Width({ node, form, set }: PartProps): JSX.Element {
  const percent = percentAt(node, form.pointers.width);
  const text = textAt(node, form.pointers.width);
  const kind: WidthKind = text === "" || text === "auto" ? "fit" : percent === 100 ? "full" : "fixed";
  return (
    <>
      <Property label={propertyWords.width}>
        <Segments
          class="full"
          label={propertyWords.width}
          segments={widthKinds}
          value={kind}
          onChoose={(value) => set({ width: widthsOf[value] })}
        />
      </Property>
      {kind === "fixed" ? (
        <Property label="">
          <NumberField
            label={propertyWords.fixedWidth}
            unit="%"
            value={percent}
            commit={(value) => set({ width: value })}
          />
        </Property>
      ) : null}
    </>
  );
}

const sides = [
  { side: "top", name: "paddingTop" },
  { side: "right", name: "paddingRight" },
  { side: "bottom", name: "paddingBottom" },
  { side: "left", name: "paddingLeft" },
] as const;

function SpacingPart({ node, set }: PartProps): JSX.Element {
  return (
    <Section title={propertyWords.spacing}>
      <div class="wg-sides">
        {sides.map(({ side, name }) => (
          <div key={side} class="wg-field">
            <NumberField
              inputClass="centred"
              label={propertyWords.padding(propertyWords.sides[side])}
              value={pixelsAt(node, `/descriptor/style/padding-${side}`)}
              commit={(value) => set({ [name]: value })}
            />
            <span class="hint" aria-hidden="true">
              {propertyWords.sides[side]}
            </span>
          </div>
        ))}
      </div>
    </Section>
  );
}

const audiences = [
  { value: "both", label: propertyWords.both },
  { value: "desktop", label: propertyWords.desktopOnly, icon: "desktop" },
  { value: "mobile", label: propertyWords.mobileOnly, icon: "mobile" },
] as const;

function ShowOnPart({ node, set }: PartProps): JSX.Element {
  const isHiddenOnMobile = isOnAt(node, "/descriptor/computedStyle/hideContentOnMobile");
  const isHiddenOnDesktop = isOnAt(node, "/descriptor/computedStyle/hideContentOnDesktop");
  const value = isHiddenOnMobile === isHiddenOnDesktop ? "both" : isHiddenOnMobile ? "desktop" : "mobile";
  return (
    <Section title={propertyWords.showOn}>
      <Property label={propertyWords.devices}>
        <Segments
          class="full"
          label={propertyWords.showOn}
          segments={audiences}
          value={isHiddenOnMobile && isHiddenOnDesktop ? undefined : value}
          onChoose={(chosen) => set({ hideOnMobile: chosen === "desktop", hideOnDesktop: chosen === "mobile" })}
        />
      </Property>
    </Section>
  );
}
