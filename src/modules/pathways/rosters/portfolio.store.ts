import type pg from "pg";

/** Puts a staged portfolio aside, so that its members can be staged one after another. */
export async function setPortfolioAside(client: pg.ClientBase): Promise<void> {
  await client.query("alter table staged rename to staged_portfolio");
}

/** Stages one member's rows of the portfolio. @returns how many. */
export async function stageMember(client: pg.ClientBase, granteeCode: string): Promise<number> {
  await client.query(
    "create temporary table staged on commit drop as select * from staged_portfolio where false",
  );
  const staged = await client.query(
    "insert into staged select * from staged_portfolio where grantee_code = $1",
    [granteeCode],
  );
  return staged.rowCount ?? 0;
}

/** Clears the stage for the next member. */
export async function dropMember(client: pg.ClientBase): Promise<void> {
  await client.query("drop table staged, staged_match");
}
