// What a call answers to what it cannot use.
import { expect, test } from "vitest";
import { SCOPES } from "../src/platform/api/scopes.ts";
import { callApi, forgeToken, problemOf, rosterForm, signInBearers } from "./support/api-client.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const { bearerOf: visitorOf } = await signInBearers(hub);

test("what is sent wrong is named: where, what and how to mend it", async () => {
  const token = await forgeToken(hub, visitorOf("administrator").actor, SCOPES);
  const errorsOf = async (path: string, options = {}): Promise<[number, string[]]> => {
    const answer = await callApi(hub, token, path, options);
    const { errors = [] } = await problemOf(answer);
    return [answer.status, errors.map((error) => `${error.in} ${error.field}`)];
  };
  expect(await errorsOf("/enrollments?limit=0")).toEqual([422, ["query limit"]]);
  expect(await errorsOf("/enrollments?yaer=2024-25")).toEqual([422, ["query yaer"]]);
  expect(await errorsOf("/enrollments?year=2024-25&year=2023-24")).toEqual([422, ["query year"]]);
  expect(await errorsOf(`/enrollments?program=${"x".repeat(201)}`)).toEqual([422, ["query program"]]);
  expect(await errorsOf("/enrollments?cursor=nonsense")).toEqual([422, ["query cursor"]]);
  expect(await errorsOf("/enrollments?site_state=ZZ")).toEqual([422, ["query site_state"]]);
  expect(await errorsOf("/reports")).toEqual([422, ["query year"]]);
  const post = (body: unknown) => ({ method: "POST", body });
  expect(await errorsOf("/organizations", post({ type: "nonsense" }))).toEqual([422, ["body name"]]);
  expect(
    await errorsOf("/organizations", post({ name: "X", type: "nonsense", state: "ZZ", grantee_code: "G01" })),
  ).toEqual([422, ["body type", "body state", "body grantee_code"]]);
  expect(await errorsOf("/organizations", post({ name: "X", type: "other", colour: "red" }))).toEqual([
    422,
    ["body colour"],
  ]);
  expect(
    await errorsOf("/organizations", {
      method: "POST",
      body: "{",
      headers: { "content-type": "application/json" },
    }),
  ).toEqual([400, []]);
  expect(
    await errorsOf("/organizations", {
      method: "POST",
      body: "name=X",
      headers: { "content-type": "text/plain" },
    }),
  ).toEqual([415, []]);
  expect(await errorsOf("/organizations", { headers: { accept: "application/xml" } })).toEqual([406, []]);
  expect(await errorsOf("/organizations/not-an-id")).toEqual([404, []]);
  expect(await errorsOf("/code-lists/%00")).toEqual([404, []]);
  expect(await errorsOf("/nothing")).toEqual([404, []]);
  expect(
    await errorsOf("/rosters", {
      method: "POST",
      body: "x",
      headers: { "content-type": "multipart/form-data" },
    }),
  ).toEqual([400, []]);
  const file = new File(["%PDF-1.7 "], "roster.pdf");
  expect(await errorsOf("/rosters", post(rosterForm("G01", file)))).toEqual([422, ["body file"]]);
  expect(await errorsOf("/rosters", post(rosterForm("NONE")))).toEqual([422, ["body code"]]);
  expect(await errorsOf("/rosters", post({ code: "G01" }))).toEqual([415, []]);
});
