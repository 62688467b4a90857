import type { Context } from "hono";
import { findHub, type Hub, roleLabel } from "../modules/directory/index.ts";
import { type Actor, anonymous } from "../platform/database/actor.ts";
import type { Trx } from "../platform/database/database.ts";
import { readAssets } from "../platform/web/assets.ts";
import { takeFlash } from "../platform/web/flash.ts";
import type { MountOptions } from "../platform/web/mount.ts";
import { mayUse, type RouteDefinition } from "../platform/web/route.ts";
import type { WebServerOptions } from "../platform/web/server.ts";
import { ErrorPage, errorHeading } from "../ui/error-page.tsx";
import { inTimeZone } from "../ui/moment.ts";
import { Page } from "../ui/page.tsx";
import { accentSheet, logoPath } from "./hub/hub-addresses.ts";
import { publicMenu } from "./public-addresses.ts";
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

/** Words of a problem that the general ones of its kind do not fit. */
function wordsFor(status: number, method: string): { heading?: string; what?: string; next?: string } {
  if (status === 413)
    return {
      heading: "That was too much at once",
      what: "What was sent is larger than the hub takes in one form. Nothing was saved.",
      next: "Go back and send less, or send a file through the page for uploads.",
    };
  // Nobody typed anything: a link or a bookmark is not right.
  if (status === 422 && method === "GET")
    return {
      heading: "This address cannot be used",
      next: "Go back and choose again, or start from a page of the menu.",
    };
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
            .map((route) => ({ label: route.menu?.label ?? "", href: route.path }))
        : publicMenu;
    return entries.map((entry) => ({
      ...entry,
      current: path === entry.href || path.startsWith(`${entry.href}/`),
    }));
  };

  const document: MountOptions["render"] = async (c, visit, options, body) => {
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
        wide={options.wide}
        bands={options.bands}
        section={options.section}
        footerNote={`Published counts of 1 to ${services.config.withholdBelow - 1} people are withheld.`}
        head={
          options.refreshSeconds ? (
            <noscript>
              <meta http-equiv="refresh" content={String(options.refreshSeconds)} />
            </noscript>
          ) : undefined
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
    return c.html(text, options.status ?? 200);
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
      { title: words.heading ?? errorHeading(kind) },
      <ErrorPage
        kind={kind}
        what={message ?? undefined}
        {...words}
        main={{ label: "Start again", href: actor.kind === "person" ? "/work" : "/" }}
        reference={status === 500 ? String(c.get("requestId" as never)) : undefined}
      />,
    ).catch(() => c.text(errorHeading(kind)));
    return new Response(answer.body, { status, headers: answer.headers });
  };

  const forgetHub = (): void => {
    known = null;
  };
  return { hub, forgetHub, render: document, problemPage };
}
