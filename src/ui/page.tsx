import { raw } from "hono/html";
import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { Alert, type AlertKind } from "./alert.tsx";
import { Breadcrumbs, type Crumb } from "./breadcrumbs.tsx";
import { Logo } from "./icon.tsx";
import { LANGUAGE_NAMES, type Language, languageNow } from "./language.ts";
import { SectionNav, type SectionNavProps } from "./section-nav.tsx";
import { defineWords } from "./words.tsx";

const say = defineWords("page", {
  en: {
    skip: "Skip to the page's content",
    demo: "About this demonstration",
    demoNote: "Demonstration hub: organizations, people and figures are fictional. Places are real.",
    menu: "Menu",
    main: "Main",
    signIn: "Sign in",
    signOut: "Sign out",
    switch: "Switch",
    openSource: "Trellis is open-source software.",
    withheld: "Figures of 10 people or fewer are withheld.",
  },
  es: {
    skip: "Ir al contenido de la página",
    demo: "Sobre esta demostración",
    demoNote:
      "Sitio de demostración: las organizaciones, las personas y las cifras son ficticias. Los lugares son reales.",
    menu: "Menú",
    main: "Principal",
    signIn: "Iniciar sesión",
    signOut: "Cerrar sesión",
    switch: "Cambiar",
    openSource: "Trellis es software de código abierto.",
    withheld: "No se muestran cifras de 10 personas o menos.",
  },
});

export type PageLink = { label: string; href: string };

/** The hub's own picture, instead of the drawn mark. */
export type PageLogo = {
  src: string;
  width: number;
  height: number;
  /** It shows the hub's name, so that it stands alone. */
  saysName: boolean;
};

export type PagePerson = {
  name: string;
  organization: string | null;
  /** In words, as the person would say it: "supervisor", not "org_supervisor". */
  role: string | null;
  /** True when the person belongs to several organizations and may work as another. */
  canSwitch: boolean;
};

export type PageProps = PropsWithChildren<{
  /** What the page says, without the hub's name: usually its h1. */
  title: string;
  description?: string | undefined;
  assets: { css: string[]; scripts: string[]; icon?: string | undefined };
  hub: {
    name: string;
    /** Written at the head of the page instead of the name. */
    shortName?: string | null | undefined;
    demo: boolean;
    logo?: PageLogo | undefined;
  };
  person: PagePerson | null;
  /** `lang` where the words and the page behind them are in another language than this page. */
  menu: { label: string; href: string; current: boolean; lang?: Language | undefined }[];
  breadcrumbs: Crumb[];
  flash: { kind: AlertKind; text: string } | null;
  /** Null on the sign-in page itself. */
  signInHref: string | null;
  signOutHref?: string | undefined;
  switchHref?: string | undefined;
  /** Where the brand leads; the person's home. */
  homeHref?: string | undefined;
  currentPath: string;
  /** Only links to pages that exist. */
  footerLinks?: PageLink[] | undefined;
  /** One sentence about the figures, for hubs with another threshold. */
  footerNote?: Child;
  /** The section's pages, beside the page. */
  section?: SectionNavProps | undefined;
  /** For tables with many columns: uses the whole screen. */
  wide?: boolean | undefined;
  /** Without the 74rem column: the page draws its own bands with `.wrap` inside. */
  bands?: boolean | undefined;
  /** The same page in the other language. */
  otherLanguage?: { language: Language; href: string } | undefined;
  /** Extra elements for the head: feeds, canonical links, a noscript refresh. */
  head?: Child;
}>;

/** The whole document: head, header, where one is, the page, footer. */
export const Page: FC<PageProps> = (props) => {
  const { title, hub, assets, breadcrumbs, flash, section, wide, bands, children } = props;
  const wrap = wide ? "wrap wrap--wide" : "wrap";
  const content = (
    <>
      <Breadcrumbs crumbs={breadcrumbs} />
      {flash ? (
        <Alert kind={flash.kind} announce>
          <p>{flash.text}</p>
        </Alert>
      ) : null}
      {children}
    </>
  );
  return (
    <>
      {raw("<!doctype html>")}
      <html lang={languageNow()}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{title === hub.name ? title : `${title} - ${hub.name}`}</title>
          {props.description ? <meta name="description" content={props.description} /> : null}
          <meta name="color-scheme" content="light dark" />
          <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" />
          <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1a2421" />
          <link rel="icon" type="image/svg+xml" href={assets.icon ?? "/icon.svg"} />
          {assets.css.map((href) => (
            <link rel="stylesheet" href={href} />
          ))}
          {assets.scripts.map((src) => (
            <script type="module" src={src} />
          ))}
          {props.head}
        </head>
        <body>
          <a class="usa-skipnav" href="#main">
            {say("skip")}
          </a>
          {hub.demo ? <DemoNote wrap={wrap} /> : null}
          <Header {...props} wrap={wrap} />
          {bands ? (
            <main id="main" tabindex={-1} class="page page--bands">
              {content}
            </main>
          ) : section ? (
            <div class={`${wrap} layout`}>
              <SectionNav {...section} />
              <main id="main" tabindex={-1} class="page stack">
                {content}
              </main>
            </div>
          ) : (
            <main id="main" tabindex={-1} class={`${wrap} page stack`}>
              {content}
            </main>
          )}
          <Footer links={props.footerLinks ?? []} note={props.footerNote} wrap={wrap} />
        </body>
      </html>
    </>
  );
};

const DemoNote: FC<{ wrap: string }> = ({ wrap }) => (
  <section class="demo-note" aria-label={say("demo")}>
    <p class={wrap}>{say("demoNote")}</p>
  </section>
);

/** More sections than fit on a line beside the brand. */
const manySections = 6;

/** On a phone, many sections stand behind one word that says where one is; on a wide screen the fold is always open. */
const Fold: FC<PropsWithChildren<{ many: boolean; current: string | undefined }>> = ({
  many,
  current,
  children,
}) =>
  many ? (
    <details>
      <summary>
        {say("menu")}
        {current ? <span>: {current}</span> : null}
      </summary>
      {children}
    </details>
  ) : (
    <>{children}</>
  );

const Header: FC<PageProps & { wrap: string }> = ({ hub, menu, person, wrap, ...props }) => {
  const many = menu.length > manySections;
  return (
    <header class="site-header usa-header">
      <div class={wrap}>
        <a class="brand" href={props.homeHref ?? "/"}>
          <Brand {...hub} />
        </a>
        {menu.length > 0 ? (
          <nav class={`main-nav usa-nav${many ? " main-nav--many" : ""}`} aria-label={say("main")}>
            <Fold many={many} current={menu.find((item) => item.current)?.label}>
              <ul>
                {menu.map((item) => (
                  <li>
                    <a
                      href={item.href}
                      lang={item.lang}
                      hreflang={item.lang}
                      // The section is marked everywhere below it; only its own address is "this page".
                      aria-current={
                        item.current ? (item.href === props.currentPath ? "page" : "true") : undefined
                      }
                    >
                      {item.label}
                    </a>
                  </li>
                ))}
              </ul>
            </Fold>
          </nav>
        ) : null}
        <PersonArea
          person={person}
          otherLanguage={props.otherLanguage}
          signInHref={props.signInHref}
          signOutHref={props.signOutHref ?? "/sign-out"}
          switchHref={props.switchHref ?? "/switch"}
        />
      </div>
    </header>
  );
};

const Brand: FC<PageProps["hub"]> = ({ name, shortName, logo }) => (
  <>
    {logo ? (
      // Where the name stands beside it, the picture says nothing that is not said.
      <img
        class="hub-logo"
        src={logo.src}
        width={logo.width}
        height={logo.height}
        alt={logo.saysName ? name : ""}
      />
    ) : (
      <Logo />
    )}
    {logo?.saysName ? null : <bdi>{shortName ?? name}</bdi>}
  </>
);

type PersonAreaProps = {
  person: PagePerson | null;
  otherLanguage: PageProps["otherLanguage"];
  signInHref: string | null;
  signOutHref: string;
  switchHref: string;
};

/** The same page in the other language, under the name that the language gives itself. */
const LanguageSwitch: FC<{ other: PageProps["otherLanguage"] }> = ({ other }) =>
  other ? (
    <a class="language" href={other.href} lang={other.language} hreflang={other.language}>
      {LANGUAGE_NAMES[other.language]}
    </a>
  ) : null;

const PersonArea: FC<PersonAreaProps> = ({ person, otherLanguage, signInHref, signOutHref, switchHref }) => {
  if (!person)
    return signInHref || otherLanguage ? (
      <div class="person">
        <LanguageSwitch other={otherLanguage} />
        {signInHref ? (
          <a class="usa-button usa-button--outline" href={signInHref}>
            {say("signIn")}
          </a>
        ) : null}
      </div>
    ) : null;
  const belongs = [person.role, person.organization].filter(Boolean).join(", ");
  return (
    <div class="person">
      <LanguageSwitch other={otherLanguage} />
      <div>
        <a class="person-name" href="/account">
          {person.name}
        </a>
        {belongs ? <span class="person-role">{belongs}</span> : null}
      </div>
      {person.canSwitch ? <a href={switchHref}>{say("switch")}</a> : null}
      <form method="post" action={signOutHref}>
        <button class="link-button" type="submit">
          {say("signOut")}
        </button>
      </form>
    </div>
  );
};

const Footer: FC<{ links: PageLink[]; note: Child; wrap: string }> = ({ links, note, wrap }) => (
  <footer class="site-footer usa-footer">
    <div class={wrap}>
      <p>
        {say("openSource")} {note ?? say("withheld")}
      </p>
      {links.length > 0 ? (
        <ul>
          {links.map((link) => (
            <li>
              <a href={link.href}>{link.label}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  </footer>
);
