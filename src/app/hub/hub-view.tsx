import type { Child } from "hono/jsx";
import {
  type FirstStep,
  findHub,
  getHubOrganization,
  type Hub,
  listGranteeCodes,
  listStates,
} from "../../modules/directory/index.ts";
import { hubAddress } from "../../platform/config/config.ts";
import { readCodeList } from "../../platform/database/code-lists.ts";
import type { Work } from "../../platform/events/work.ts";
import { findLastTestMail } from "../../platform/mail/mail.store.ts";
import { notFound } from "../../platform/web/problems.ts";
import type { PageOptions, Sent, WebPlatform } from "../../platform/web/route.ts";
import { findOpenSteps, readFirstSteps } from "./first-steps.ts";
import { HubPage, type Section } from "./hub.pages.tsx";
import type { From } from "./hub-forms.tsx";
import type { MailState } from "./mail-section.tsx";
import { ReadyPage, StartPage } from "./start.pages.tsx";

/** A page without the shell around it: for handlers with a visit, and for the one that receives a file. */
type Written = [options: PageOptions, body: Child];

const SCRIPTS = ["error-summary-focus", "file-drop", "submit-once"];
const MEGABYTE = 1024 * 1024;

export async function getHub({ trx }: Work): Promise<Hub> {
  const hub = await findHub(trx);
  if (!hub) throw notFound("The hub");
  return hub;
}

async function readMailState({ trx, actor }: Work, { config }: WebPlatform): Promise<MailState> {
  return {
    server: config.mail ? { host: config.mail.host, from: config.mail.from } : null,
    address: hubAddress(config),
    isAddressSet: config.publicUrl !== null,
    lastTest: actor.kind === "person" ? await findLastTestMail(trx, actor.personId) : null,
  };
}

/** The page of the hub's settings. */
export async function writeHubPage(
  work: Work,
  platform: WebPlatform,
  refused?: { section: Section; sent: Sent },
): Promise<Written> {
  return [
    { title: "Your hub", status: refused ? 422 : 200, scripts: SCRIPTS },
    <HubPage
      hub={await getHub(work)}
      mail={await readMailState(work, platform)}
      now={work.now}
      openSteps={await findOpenSteps(work.trx)}
      refused={refused}
    />,
  ];
}

/** One of the first steps, or where there is none left what comes next. */
export async function writeStartPage(
  work: Work,
  platform: WebPlatform,
  wanted?: FirstStep,
  sent?: Sent,
): Promise<Written> {
  const hub = await getHub(work);
  const steps = await readFirstSteps(work.trx, hub);
  const step = wanted ?? (steps.isEnded ? null : steps.next);
  const options: PageOptions = { title: "First steps", status: sent ? 422 : 200, scripts: SCRIPTS };
  if (step === null)
    return [
      { ...options, title: "Your hub is ready" },
      <ReadyPage hub={hub} steps={steps} hubOrganization={(await getHubOrganization(work.trx)).id} />,
    ];
  return [
    options,
    <StartPage
      hub={hub}
      steps={steps}
      step={step}
      mail={await readMailState(work, platform)}
      now={work.now}
      types={await readCodeList(work.trx, "organization_type")}
      states={await listStates(work.trx)}
      targets={await listGranteeCodes(work.trx)}
      limitMegabytes={Math.floor(platform.config.maxUploadBytes / MEGABYTE)}
      sent={sent}
    />,
  ];
}

/** A refused form where it was sent from, with what was typed. */
export const writeRefused = (
  work: Work,
  platform: WebPlatform,
  section: Section,
  from: From,
  sent: Sent,
): Promise<Written> =>
  from === "start"
    ? writeStartPage(work, platform, section, sent)
    : writeHubPage(work, platform, { section, sent });
