import { expect, test } from "vitest";
import { inLanguage } from "./language.ts";
import { renderChild } from "./render-child.ts";
import { defineWords, sayWith } from "./words.tsx";

const say = defineWords("words-test", {
  en: {
    hello: "Hello, {{name}}",
    found_one: "{{shown}} practice",
    found_other: "{{shown}} practices",
    ask: "Please {link} first.",
  },
  es: {
    hello: "Hola, {{name}}",
    found_one: "{{shown}} práctica",
    found_other: "{{shown}} prácticas",
    ask: "Primero {link}, por favor.",
  },
});

test("a word is said in the language of the page, English where nothing is asked for", () => {
  expect(say("hello", { name: "Lena" })).toBe("Hello, Lena");
  expect(inLanguage("es", () => say("hello", { name: "Lena" }))).toBe("Hola, Lena");
});

test("what counts has two forms, and large counts are grouped", () => {
  expect(say("found", { count: 1 })).toBe("1 practice");
  expect(say("found", { count: 1234 })).toBe("1,234 practices");
  expect(inLanguage("es", () => say("found", { count: 1 }))).toBe("1 práctica");
  expect(inLanguage("es", () => say("found", { count: 1_000_000 }))).toBe("1,000,000 prácticas");
});

test("a value is not read as a word of ours, nor escaped twice", () => {
  expect(say("hello", { name: "<b>{{name}}</b> $t(hello)" })).toBe("Hello, <b>{{name}}</b> $t(hello)");
});

test("elements stand where the sentence of each language has them", () => {
  const link = <a href="/sign-in">sign in</a>;
  expect(renderChild(<p>{sayWith(say("ask"), { link })}</p>)).toBe(
    '<p>Please <a href="/sign-in">sign in</a> first.</p>',
  );
});
