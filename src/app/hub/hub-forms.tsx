import type { FC } from "hono/jsx";
import { type Hub, judgeAccent, OWN_ACCENT, PALETTE } from "../../modules/directory/index.ts";
import type { Sent } from "../../platform/web/route.ts";
import { sentError, sentText } from "../../platform/web/sent.ts";
import { Alert } from "../../ui/alert.tsx";
import { Checkbox, Radios } from "../../ui/choices.tsx";
import { FileField, Select, TextField } from "../../ui/fields.tsx";
import { ActionButton, Buttons, Form, Hidden } from "../../ui/form.tsx";
import { momentInWords } from "../../ui/moment.ts";
import { AccentSample, Swatch } from "./accent-sample.tsx";
import { HUB_PATH, logoPath } from "./hub-addresses.ts";
import { LARGEST_LOGO_KB, LARGEST_LOGO_SIDE } from "./logo.rules.ts";
import { timeZoneChoices } from "./time-zones.ts";

/** Where a form stands, and so where it leads when it is saved: the hub's page or the first steps. */
export type From = "hub" | "start";

export interface HubFormProps {
  hub: Hub;
  from: From;
  sent?: Sent | undefined;
}

const saveLabel = (from: From): string => (from === "start" ? "Save and go on" : "Save");

export const NameForm: FC<HubFormProps> = ({ hub, from, sent }) => (
  <Form action={`${HUB_PATH}/name`} label="Name">
    <Hidden name="from" value={from} />
    <TextField
      name="name"
      label="The hub's name"
      required
      value={sent ? sentText(sent, "name") : hub.name}
      error={sentError(sent, "name")}
    />
    <TextField
      name="short"
      label="Short name"
      hint="Written at the head of every page instead, where the name is long. For example: Ohio BHWC"
      required={false}
      width="medium"
      value={sent ? sentText(sent, "short") : hub.shortName}
      error={sentError(sent, "short")}
    />
    <Buttons main={{ label: from === "start" ? saveLabel(from) : "Save the name" }} />
  </Form>
);

export const LogoForm: FC<HubFormProps> = ({ hub, from, sent }) => (
  <div class="stack">
    {hub.logo ? (
      <div class="stack-tight">
        <p>
          <img
            class="hub-logo hub-logo--large"
            src={logoPath(hub.logo.hash)}
            width={hub.logo.width}
            height={hub.logo.height}
            alt={hub.name}
          />
        </p>
        <ActionButton action={`${HUB_PATH}/logo/remove`} label="Remove the logo" fields={{ from }} />
      </div>
    ) : null}
    <Form action={`${HUB_PATH}/logo`} multipart label="Logo">
      <Hidden name="from" value={from} />
      <FileField
        name="logo"
        label={hub.logo ? "Another picture" : "The picture"}
        hint={`PNG, JPEG or WebP, up to ${LARGEST_LOGO_KB} KB and ${LARGEST_LOGO_SIDE} by ${LARGEST_LOGO_SIDE} pixels. It is shown about 40 pixels high.`}
        accept=".png,.jpg,.jpeg,.webp"
        required={!hub.logo}
        error={sentError(sent, "logo")}
      />
      <Checkbox
        name="says"
        label="The picture shows the hub's name"
        hint="Then the name is not written beside it."
        checked={sent ? sentText(sent, "says") === "yes" : (hub.logo?.saysName ?? false)}
      />
      <Buttons main={{ label: from === "start" ? saveLabel(from) : "Save the logo" }} />
    </Form>
  </div>
);

export const ColorsForm: FC<HubFormProps> = ({ hub, from, sent }) => {
  const accent = hub.accent ?? OWN_ACCENT;
  const isOfPalette = PALETTE.some((one) => one.accent === accent);
  const typed = sentText(sent, "own");
  const verdict = sent && sentText(sent, "accent") === "own" ? judgeAccent(typed ?? "") : null;
  return (
    <div class="stack">
      {verdict?.problem ? (
        <Alert kind="info" heading="The nearest shade that can be read" level={from === "start" ? 2 : 3}>
          <div class="stack-tight">
            <p>
              <Swatch color={verdict.accent} /> {verdict.accent} becomes <Swatch color={verdict.nearest} />{" "}
              {verdict.nearest}.
            </p>
            <ActionButton
              action={`${HUB_PATH}/colors`}
              label={`Use ${verdict.nearest}`}
              fields={{ accent: "own", own: verdict.nearest, from }}
            />
          </div>
        </Alert>
      ) : null}
      <AccentSample accent={accent} />
      <Form action={`${HUB_PATH}/colors`} label="Colors">
        <Hidden name="from" value={from} />
        <Radios
          name="accent"
          label="Color of links and buttons"
          required
          value={sent ? sentText(sent, "accent") : isOfPalette ? accent : "own"}
          error={sentError(sent, "accent")}
          options={[
            ...PALETTE.map((one) => ({
              value: one.accent,
              label: one.label,
              mark: <Swatch color={one.accent} />,
            })),
            { value: "own", label: "A color of our own" },
          ]}
        />
        <TextField
          name="own"
          label="Our own color"
          hint="Six digits after #, as your style guide has it, such as #6a3d75. Only where you chose a color of your own."
          width="short"
          required={false}
          spellcheck={false}
          autocomplete="off"
          value={sent ? typed : isOfPalette ? undefined : accent}
          error={sentError(sent, "own")}
        />
        <Buttons main={{ label: from === "start" ? saveLabel(from) : "Save the colors" }} />
      </Form>
    </div>
  );
};

export const TimeZoneForm: FC<HubFormProps & { now: Date }> = ({ hub, from, sent, now }) => (
  <div class="stack">
    <p>In this zone it is {momentInWords(now)}.</p>
    <Form action={`${HUB_PATH}/time-zone`} label="Time zone">
      <Hidden name="from" value={from} />
      <Select
        name="zone"
        label="Time zone"
        required
        empty={null}
        value={sent ? sentText(sent, "zone") : hub.timeZone}
        error={sentError(sent, "zone")}
        options={[...timeZoneChoices]}
      />
      <Buttons main={{ label: from === "start" ? saveLabel(from) : "Save the time zone" }} />
    </Form>
  </div>
);
