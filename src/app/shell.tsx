import type { Context } from "hono";
import { findHub, type Hub, roleLabel } from "../modules/directory/index.ts";
import { type Actor, anonymous } from "../platform/database/actor.ts";
import type { Trx } from "../platform/database/database.ts";
import { readAssets } from "../platform/web/assets.ts";
import { takeFlash } from "../platform/web/flash.ts";
import { localizeLinks } from "../platform/web/languages.ts";
import type { MountOptions } from "../platform/web/mount.ts";
import { mayUse, type RouteDefinition } from "../platform/web/route.ts";
import type { WebServerOptions } from "../platform/web/server.ts";
import { ErrorPage, errorHeading } from "../ui/error-page.tsx";
import { languageNow } from "../ui/language.ts";
import { inTimeZone } from "../ui/moment.ts";
import { Page } from "../ui/page.tsx";
import { defineWords } from "../ui/words.tsx";
import { accentSheet, logoPath } from "./hub/hub-addresses.ts";
import { LanguageLinks, otherLanguageOf } from "./page-languages.tsx";
import { isTranslated, publicMenu, sayMenu } from "./public-addresses.ts";
import type { Services } from "./services.ts";

/** How long what is known of a hub may be old in this process, in milliseconds: another process may have changed it. */
const HUB_KEPT = 5000;

export interface Shell {
  hub(trx?: Trx): Promise<Hub | null>;
  /** It has been changed: the next page looks again. */
  forgetHub(): void;
  render: MountOptions["render"];
  problemPage: WebServerOptions["problemPage"];
}

const say = defineWords("shell", {
  en: {
    withheld: "Published counts of 1 to {{most}} people are withheld.",
    again: "Start again",
    tooMuch: "That was too much at once",
    tooMuchWhat: "What was sent is larger than the hub takes in one form. Nothing was saved.",
    tooMuchNext: "Go back and send less, or send a file through the page for uploads.",
    address: "This address cannot be used",
    addressNext: "Go back and choose again, or start from a page of the menu.",
  },
  es: {
    withheld: "No se publican cifras de 1 a {{most}} personas.",
    again: "Volver al inicio",
    tooMuch: "Envió demasiado de una vez",
    tooMuchWhat: "Lo que envió es más grande de lo que el sitio acepta en un formulario. No se guardó nada.",
    tooMuchNext: "Vuelva atrás y envíe menos, o envíe el archivo por la página para subir archivos.",
    address: "Esta dirección no se puede usar",
    addressNext: "Vuelva atrás y elija de nuevo, o comience desde una página del menú.",
  },
});

/** Words of a problem that the general ones of its kind do not fit. */
function wordsFor(status: number, method: string): { heading?: string; what?: string; next?: string } {
  if (status === 413) return { heading: say("tooMuch"), what: say("tooMuchWhat"), next: say("tooMuchNext") };
  // Nobody typed anything: a link or a bookmark is not right.
  if (status === 422 && method === "GET") return { heading: say("address"), next: say("addressNext") };
  return {};
}

/** What stands around every page: menu by role, the person, the flash; and the pages for what goes wrong. */
export function createShell(
  services: Services,
  routes: readonly RouteDefinition[],
  actorOf: (c: Context) => Promise<Actor>,
): Shell {
  const assets = readAssets();
  const menuRoutes = routes
    .filter((route) => route.menu)
    .toSorted((a, b) => (a.menu?.order ?? 0) - (b.menu?.order ?? 0));
  let known: { hub: Hub; readAt: number } | null = null;

  const hub = async (trx?: Trx, isFresh = false): Promise<Hub | null> => {
    const now = services.clock().getTime();
    if (known && !(isFresh && trx) && now - known.readAt < HUB_KEPT) return known.hub;
    // Inside a request the request's own transaction serves: a second connection could be waited for in vain.
    const found = trx ? await findHub(trx) : await services.perform(anonymous, (work) => findHub(work.trx));
    known = found ? { hub: found, readAt: now } : null;
    return found;
  };

  const menuFor = (actor: Actor, path: string) => {
    const entries =
      actor.kind === "person"
        ? menuRoutes
            .filter((route) => mayUse(route.who, actor))
            // What is only for people of the hub is in English, wherever it is linked from.
            .map((route) => ({
              label: route.menu?.label ?? "",
              href: route.path,
              lang: languageNow() === "en" ? undefined : ("en" as const),
            }))
        : publicMenu.map(({ label, href }) => ({ label: sayMenu(label), href }));
    return entries.map((entry) => ({
      ...entry,
      current: path === entry.href || path.startsWith(`${entry.href}/`),
    }));
  };

  const document = async (
    c: Context,
    visit: Parameters<MountOptions["render"]>[1],
    options: Parameters<MountOptions["render"]>[2] & { isProblem?: boolean },
    body: Parameters<MountOptions["render"]>[3],
  ): Promise<Response> => {
    const { actor, path } = visit;
    // Who may change the hub sees it as it is, also where another process made the change.
    const shown = await hub(visit.trx, actor.kind === "person" && actor.role === "administrator");
    const person =
      actor.kind === "person"
        ? {
            name: actor.personName,
            organization: actor.organizationName,
            role: roleLabel(actor.role, actor.grants),
            canSwitch: actor.membershipCount > 1,
          }
        : null;
    const page = (
      <Page
        title={options.title}
        description={options.description}
        assets={{
          css: [...assets.css, ...(shown?.accent ? [accentSheet(shown.accent).path] : [])],
          scripts: (options.scripts ?? []).map(assets.script),
        }}
        hub={{
          name: shown?.name ?? "Trellis",
          shortName: shown?.shortName,
          demo: shown?.isDemo ?? false,
          logo: shown?.logo ? { ...shown.logo, src: logoPath(shown.logo.hash) } : undefined,
        }}
        person={person}
        menu={menuFor(actor, path)}
        breadcrumbs={options.breadcrumbs ?? []}
        flash={takeFlash(c)}
        signInHref={path === "/sign-in" ? null : "/sign-in"}
        homeHref={actor.kind === "person" ? "/work" : "/"}
        currentPath={path}
        otherLanguage={otherLanguageOf(c.req.url, path)}
        wide={options.wide}
        bands={options.bands}
        section={options.section}
        footerNote={say("withheld", { most: services.config.withholdBelow - 1 })}
        head={
          <>
            {options.refreshSeconds ? (
              <noscript>
                <meta http-equiv="refresh" content={String(options.refreshSeconds)} />
              </noscript>
            ) : null}
            {options.isProblem || (options.status ?? 200) !== 200 ? null : (
              <LanguageLinks url={c.req.url} path={path} publicUrl={services.config.publicUrl} />
            )}
            {options.head}
          </>
        }
      >
        {body}
      </Page>
    );
    if (
      actor.kind === "person" ||
      (actor.kind === "anonymous" && (actor.signingIn || path.startsWith("/sign-in")))
    )
      c.header("Cache-Control", "private, no-store");
    const text = await inTimeZone(shown?.timeZone ?? "UTC", async () => String(await page));
    return c.html(languageNow() === "es" ? localizeLinks(text, isTranslated) : text, options.status ?? 200);
  };

  const problemPage: WebServerOptions["problemPage"] = async (c, status, message) => {
    // The error page must come even when the database does not.
    const actor = await actorOf(c).catch(() => anonymous);
    const wantsPage = !(c.req.header("accept") ?? "").startsWith("application/json");
    if (!wantsPage)
      return c.json(
        { status, message: message ?? errorHeading(status === 400 || status === 413 ? 422 : status) },
        status,
      );
    const kind = status === 400 || status === 413 ? 422 : status;
    const words = wordsFor(status, c.req.method);
    const visit = { actor, path: c.req.path } as Parameters<typeof document>[1];
    const answer = await document(
      c,
      visit,
      { title: words.heading ?? errorHeading(kind), isProblem: true },
      <ErrorPage
        kind={kind}
        what={message ?? undefined}
        {...words}
        main={{ label: say("again"), href: actor.kind === "person" ? "/work" : "/" }}
        reference={status >= 500 ? String(c.get("requestId" as never)) : undefined}
      />,
    ).catch(() => c.text(errorHeading(kind)));
    return new Response(answer.body, { status, headers: answer.headers });
  };

  const forgetHub = (): void => {
    known = null;
  };
  return { hub, forgetHub, render: document, problemPage };
}
