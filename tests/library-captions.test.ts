// Recordings: the player, captions in and out, what is said and where it is found.
import { beforeAll, expect, test } from "vitest";
import { type MaterialDesk, openMaterialDesk } from "./support/material-desk.ts";
import { mp3, mp4 } from "./support/material-files.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const LIST = "/library/materials";
const DESK = "/library/desk/materials";
let librarian: string;
let desk: MaterialDesk;
let talk: string;
beforeAll(async () => {
  librarian = await hub.signIn("lena@demo.example");
  desk = openMaterialDesk(hub, librarian);
  talk = await desk.offer("A talk", new File([mp3(120)], "talk.mp3"), { kind: "recording" });
});

const textOf = async (path: string, cookie?: string): Promise<string> => (await hub.get(path, cookie)).text();

const CAPTIONS = `WEBVTT

00:00:05.000 --> 00:00:09.000
Welcome, everybody.

NOTE not said

00:01:33.000 --> 00:01:36.500
<v Ada>Peers carry <b>lanterns</b> &amp; hope.
`;

test("a recording without captions says so, and its page alone may play what the hub holds", async () => {
  const answer = await hub.get(`${LIST}/${talk}`);
  const page = await answer.text();
  expect(page).toContain("There are no captions and no transcript yet");
  expect(page).toMatch(/<audio[^>]* controls[^>]* preload="none"/);
  expect(answer.headers.get("content-security-policy")).toContain("; media-src 'self'");
  for (const other of [LIST, "/library"])
    expect((await hub.get(other)).headers.get("content-security-policy")).not.toContain("media-src");
});

test("what is no caption file is refused with the line, and what was chosen is kept", async () => {
  const answer = await desk.sendCaptions(
    talk,
    "WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\n00:99.000 --> 00:03.000\ny\n",
    "es",
  );
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain("Line 6: The times cannot be read.");
  expect(page).toMatch(/<option value="es" selected/);
  const film = await desk.sendCaptions(talk, "not captions");
  expect(await film.text()).toContain("Line 1: A WebVTT file begins with");
  const large = await desk.sendCaptions(talk, "x".repeat(2 * 1024 * 1024 + 1));
  expect(await large.text()).toContain("larger than 2 MB");
});

test("captions are a track of the player and a transcript with times that lead into the recording", async () => {
  expect((await desk.sendCaptions(talk, CAPTIONS)).status).toBe(303);
  const page = await textOf(`${LIST}/${talk}`);
  expect(page).toContain(
    `<track kind="captions" srclang="en" label="English" src="${LIST}/${talk}/captions/1/en"`,
  );
  expect(page).toContain(`<li id="t=93"><a href="${LIST}/${talk}/file/1#t=93" data-seek="93">`);
  expect(page).toContain("Ada: Peers carry lanterns &amp; hope.");
  const track = await hub.get(`${LIST}/${talk}/captions/1/en`);
  expect(track.headers.get("content-type")).toBe("text/vtt; charset=utf-8");
  expect(await track.text()).toContain(
    "00:01:33.000 --> 00:01:36.500\nAda: Peers carry lanterns &amp; hope.\n",
  );
});

test("what is said is found, with its time, and the link leads there", async () => {
  const page = await textOf(`${LIST}?q=lantern`);
  expect(page).toContain("1 material for");
  expect(page).toContain(`<a href="${LIST}/${talk}#t=93"`);
  expect(page).toMatch(/Said at<\/span> 1:33/);
  expect(page).toContain("<mark>lanterns</mark>");
  expect(await textOf(`${LIST}?q=lanterms`)).toContain(`#t=93`);
  expect(await textOf(`${LIST}?q=welcome+talk`)).toContain("#t=5");
  // A remark in the file is not said.
  expect(await textOf(`${LIST}?q="not said"`)).not.toContain("#t=");
});

test("SubRip in the letters of old Windows is taken; each language has its own transcript", async () => {
  const srt = Buffer.from("1\r\n00:00:05,000 --> 00:00:09,000\r\n¡Bienvenidos a la reunión!\r\n", "latin1");
  expect((await desk.sendCaptions(talk, srt as unknown as string, "es")).status).toBe(303);
  const english = await textOf(`${LIST}/${talk}`);
  expect(english).toContain("Captions: English, Spanish.");
  expect(english).toContain("Welcome, everybody.");
  expect(english).toContain("Read it in Spanish");
  const spanish = await textOf(`/es${LIST}/${talk}`);
  expect(spanish).toContain("¡Bienvenidos a la reunión!");
  expect(spanish).not.toContain("Welcome, everybody.");
  expect(await textOf(`${LIST}?q=bienvenidos`)).toContain(`href="${LIST}/${talk}?transcript=es#t=5"`);
});

test("captions that came to the wrong place are replaced, or taken away; then nothing of them is found", async () => {
  expect((await desk.sendCaptions(talk, "WEBVTT\n\n00:05.000 --> 00:06.000\nCorrected\n", "es")).status).toBe(
    303,
  );
  expect(await textOf(`${LIST}?q=bienvenidos`)).not.toContain("#t=");
  const remove = (language: string): Promise<Response> =>
    hub.post(`${DESK}/${talk}/captions/remove`, { version: "1", language }, librarian);
  expect((await remove("es")).status).toBe(303);
  expect((await remove("es")).status).toBe(409);
  expect((await hub.get(`${LIST}/${talk}/captions/1/es`)).status).toBe(404);
  expect(await textOf(`${LIST}/${talk}`)).toContain("Captions: English.");
});

test("a new version of a recording has no captions yet, and those of the old one stay with it", async () => {
  const film = await desk.offer("A film", new File([mp4(500)], "film.mp4"), { kind: "recording" });
  expect((await desk.sendCaptions(film, CAPTIONS)).status).toBe(303);
  expect((await desk.send(film, new File([mp4(600)], "film2.mp4"))).status).toBe(303);
  const page = await textOf(`${LIST}/${film}`);
  expect(page).toMatch(/<video[^>]* playsinline/);
  expect(page).toContain("There are no captions and no transcript yet");
  expect((await hub.get(`${LIST}/${film}/captions/1/en`)).status).toBe(200);
  const late = await desk.sendCaptions(film, CAPTIONS);
  expect(late.status).toBe(422);
  expect(await late.text()).toContain("There is a newer version of the recording");
});

test("a document has no captions", async () => {
  const text = await desk.offer("A text", new File(["words"], "a.txt"));
  expect((await hub.get(`${DESK}/${text}/captions`, librarian)).status).toBe(409);
  expect((await desk.sendCaptions(text, CAPTIONS)).status).toBe(409);
});
