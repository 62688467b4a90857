import { describe, expect, test } from "vitest";
import { pageSlots, rangeText } from "./pagination.tsx";
import { renderChild } from "./render-child.ts";
import { SimpleTable } from "./simple-table.tsx";
import { type Column, DataTable } from "./table.tsx";

type Row = { name: string; hours: number | null };

const columns: Column<Row>[] = [
  { key: "name", label: 'The "name"', sort: true, cell: (row) => row.name },
  { key: "hours", label: "Hours", numeric: true, sort: true, cell: (row) => row.hours },
  { key: "tag", label: "Tag", cell: (row) => [<b>{row.name}</b>, false, " & ", 0] },
];

const render = (rows: Row[], sort?: string): string =>
  renderChild(
    <DataTable
      caption="People"
      columns={columns}
      rows={rows}
      sort={sort}
      href={(change) => `/people?sort=${change.sort ?? ""}&page=${change.page ?? ""}`}
    />,
  );

describe("a data table", () => {
  test("escapes text, keeps elements, and says when there is nothing", () => {
    const markup = render([{ name: "<script>", hours: null }]);
    expect(markup).not.toContain("<script>");
    expect(markup).toContain("<b>&lt;script&gt;</b> &amp; 0");
    expect(markup).toContain('data-label="The &quot;name&quot;"');
    expect(markup).toContain("<span class=none>–</span>");
  });

  test("orders by a link that turns around", () => {
    const rows = [{ name: "Ada", hours: 3 }];
    expect(render(rows, "name")).toContain('href="/people?sort=-name&amp;page=1"');
    expect(render(rows, "name")).toContain('aria-sort="ascending"');
    expect(render(rows, "-name")).toContain('href="/people?sort=name&amp;page=1"');
    expect(render(rows, "-name")).toContain('aria-sort="descending"');
  });

  test("has a column of actions only where something can be done", () => {
    const rows = [
      { name: "Ada", hours: 3 },
      { name: "Bo", hours: 4 },
    ];
    const withActions = (mayRetry: (row: Row) => boolean): string =>
      renderChild(
        <DataTable
          caption="People"
          columns={columns}
          rows={rows}
          actions={(row) => (mayRetry(row) ? <a href="/again">Again</a> : null)}
        />,
      );
    expect(withActions(() => false)).not.toContain("actions");
    const one = withActions((row) => row.name === "Bo");
    expect(one.match(/<td role="cell" class="actions"/g)).toHaveLength(2);
    expect(one.match(/Again/g)).toHaveLength(1);
  });

  test("draws fifty rows in a few milliseconds", () => {
    const rows = Array.from({ length: 50 }, (_, index) => ({ name: `Person ${index}`, hours: index }));
    render(rows);
    const start = performance.now();
    for (let round = 0; round < 20; round += 1) render(rows);
    expect((performance.now() - start) / 20).toBeLessThan(20);
  });
});

describe("a short table", () => {
  const cells = (text: string): string =>
    renderChild(<SimpleTable caption="Sites" columns={[{ label: "Site" }]} rows={[[text]]} />);

  test("lets a word without an end break, and no other", () => {
    const endless = "Longwindedword".repeat(20);
    expect(cells(`The ${endless} clinic`).match(/<wbr\/?>/g)).toHaveLength(20);
    expect(cells(`The ${endless} clinic`).replaceAll(/<wbr\/?>/g, "")).toContain(`The ${endless} clinic`);
    expect(cells("Interprofessional Telebehavioral Traineeships")).not.toContain("<wbr");
  });
});

describe("pages of a list", () => {
  test("say which part is shown", () => {
    expect(rangeText({ page: 1, size: 50, total: 3107 })).toBe("1–50 of 3,107");
    expect(rangeText({ page: 63, size: 50, total: 3107 })).toBe("3,101–3,107 of 3,107");
    expect(rangeText({ page: 1, size: 50, total: 12 })).toBe("12");
    expect(rangeText({ page: 1, size: 50, total: 0 })).toBe("0");
  });

  test("offer at most seven slots, with the current one among them", () => {
    expect(pageSlots(1, 3)).toEqual([1, 2, 3]);
    expect(pageSlots(1, 20)).toEqual([1, 2, 3, 4, 5, null, 20]);
    expect(pageSlots(9, 20)).toEqual([1, null, 8, 9, 10, null, 20]);
    expect(pageSlots(19, 20)).toEqual([1, null, 16, 17, 18, 19, 20]);
  });
});
