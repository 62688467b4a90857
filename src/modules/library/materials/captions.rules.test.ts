import { describe, expect, test } from "vitest";
import { fragmentOf, plainCueText, readCaptions, timeCode, vttTime, writeVtt } from "./captions.rules.ts";

const cue = "00:01.000 --> 00:03.500\nHello\n";

describe("a caption file", () => {
  test("of WebVTT is read with its header, notes, names, settings and several lines of text", () => {
    const text = `\uFEFFWEBVTT - A title\nKind: captions\n\nNOTE\nnot said\n\nSTYLE\n::cue { color: red }\n\nfirst\n${cue}\n01:02:03.004 --> 01:02:05.000 align:start position:10%\nline a\r\nline b\n`;
    expect(readCaptions(text)).toEqual({
      cues: [
        { startsMs: 1000, endsMs: 3500, text: "Hello" },
        { startsMs: 3_723_004, endsMs: 3_725_000, text: "line a\nline b" },
      ],
    });
  });

  test("of SubRip becomes WebVTT, which reads the same again", () => {
    const { cues = [] } = readCaptions(
      "1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>Hi</i> & {\\an8}bye\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\nthere\r\n",
    );
    expect(cues.map(({ text }) => text)).toEqual(["Hi & bye", "there"]);
    expect(writeVtt(cues)).toContain("00:00:01.000 --> 00:00:03.500\nHi &amp; bye\n");
    expect(readCaptions(writeVtt(cues)).cues).toEqual(cues);
  });

  test.each([
    ["no captions at all", "hello", 1, /neither/],
    ["a header with something behind it", `WEBVTTX\n\n${cue}`, 1, /first line/],
    [
      "an arrow that is none",
      `WEBVTT\n\n${cue}\nbad\n00:05.000 -> 00:06.000\nfoo\n`,
      7,
      /line of times is missing/,
    ],
    ["a time with 61 minutes", `WEBVTT\n\n00:61:00.000 --> 01:00:00.000\nx\n`, 3, /cannot be read/],
    ["a time without thousandths", `WEBVTT\n\n${cue}\n00:04 --> 00:05.000\nx\n`, 6, /cannot be read/],
    [
      "an end before the beginning",
      `WEBVTT\n\n${cue}\n00:09.000 --> 00:07.000\nx\n`,
      6,
      /ends before it begins/,
    ],
    ["captions out of order", `WEBVTT\n\n00:09.000 --> 00:10.000\nx\n\n${cue}`, 6, /order of time/],
    ["a header alone", "WEBVTT\n", 2, /no caption/],
    ["an empty file", "", 1, /neither/],
  ])("with %s is refused with the line", (_what, text, line, message) => {
    const { problem } = readCaptions(text);
    expect(problem?.line).toBe(line);
    expect(problem?.message).toMatch(message);
  });
});

test("a cue is never anything but text: marks go, what only looks like one stays, directions are not turned", () => {
  expect(plainCueText("<v Ada><b>Hello</b> &amp; <script>alert(1)</script> world")).toBe(
    "Ada: Hello & alert(1) world",
  );
  expect(plainCueText("a < b and <00:01.000>c &lt;img onerror=x&gt;")).toBe("a < b and c <img onerror=x>");
  expect(plainCueText("<img src=x onerror=alert(1)")).toBe("");
  expect(plainCueText("left\u202Eright\u0000")).toBe("leftright");
  expect(writeVtt([{ startsMs: 0, endsMs: 1, text: "x --> y <b>" }])).toContain("x --&gt; y &lt;b&gt;");
});

test("times are written for machines and for people", () => {
  expect(vttTime(3_723_004)).toBe("01:02:03.004");
  expect([timeCode(93_500), timeCode(3_723_004), timeCode(0)]).toEqual(["1:33", "1:02:03", "0:00"]);
  expect([fragmentOf(93_000), fragmentOf(93_520)]).toEqual(["t=93", "t=93.52"]);
});
