import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Gallery } from "./gallery.tsx";
import { Page, type PageProps } from "./page.tsx";
import { renderChild } from "./render-child.ts";

const props: PageProps = {
  title: "Trainees & <others>",
  assets: { css: ["/a.css"], scripts: ["/a.js"] },
  hub: { name: "Trellis", demo: true },
  person: null,
  menu: [{ label: "Practices", href: "/practices", current: true }],
  breadcrumbs: [{ label: "Practices", href: "/practices" }, { label: "Ohio" }],
  flash: { kind: "bad", text: "<b>no</b>" },
  signInHref: "/sign-in",
  currentPath: "/practices/ohio",
};

const render = (changes: Partial<PageProps> = {}): string =>
  renderChild(
    <Page {...props} {...changes}>
      <Gallery />
    </Page>,
  );

describe("a page", () => {
  test("has nothing inline that a strict content security policy would refuse", () => {
    const markup = render();
    expect(markup).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|javascript:/);
    expect(markup).not.toMatch(/<[^>]*\son[a-z]+=/);
  });

  test("escapes what it is given, and names the hub in its title", () => {
    const markup = render();
    expect(markup.startsWith("<!doctype html>")).toBe(true);
    expect(markup).toContain("<title>Trainees &amp; &lt;others&gt; - Trellis</title>");
    expect(markup).toContain("&lt;b&gt;no&lt;/b&gt;");
  });

  test("marks the section one is in, and this page only when it is its own address", () => {
    expect(render()).toContain('href="/practices" aria-current="true"');
    expect(render({ currentPath: "/practices" })).toContain('href="/practices" aria-current="page"');
  });

  test("signs out by a form, not by a link", () => {
    const person = { name: "Ada Rivers", organization: "Larkenshaw", role: null, canSwitch: false };
    const markup = render({ person });
    expect(markup).toContain('<form method="post" action="/sign-out">');
    expect(markup).not.toContain("Sign in</a>");
    expect(markup).not.toContain('href="/switch"');
  });

  test("holds ids once each, and every reference to one finds it", () => {
    const markup = render();
    const ids = [...markup.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const wanted = [...markup.matchAll(/\saria-(?:describedby|labelledby)="([^"]+)"/g)].flatMap((m) =>
      (m[1] ?? "").split(" "),
    );
    for (const id of wanted) expect(ids).toContain(id);
  });

  test("with everything on it stays light on a poor line", () => {
    expect(gzipSync(render()).length).toBeLessThan(25_000);
  });
});
