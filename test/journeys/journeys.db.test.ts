import { expect, test } from "vitest";
import { Count } from "../../src/db/row.ts";
import type { Snapshot } from "../../src/db/snapshot.ts";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { journeysOf } from "../kit/workers.ts";
import { versionOf } from "../reports/kit/journeys.ts";
import { listed } from "../reports/kit/listing.ts";
import { at, given } from "../reports/kit/world.ts";

const house = useDatabase();

test("what is asked of the same instant fails for who asked it alone", async () => {
  await given(house.db, { ann: "page /home 09:00" });
  const journeys = journeysOf(house.db);
  const ask = (statement: ReturnType<typeof sql>) =>
    journeys.answerWith(
      (snapshot) => snapshot.rows(Count, statement),
      async (_, rows) => rows,
    );

  const [wrong, right, plain] = await Promise.allSettled([
    ask(sql`select 1 / 0 as count`),
    ask(sql`select count(*) from touchpoints`),
    versionOf(journeys),
  ]);

  expect(wrong).toMatchObject({ status: "rejected", reason: { code: "22012" } });
  expect(right).toEqual({ status: "fulfilled", value: [{ count: 1 }] });
  expect(plain.status).toBe("fulfilled");
});

test("a page whose name could not be read, since the connection went, has its name at the next question", async () => {
  let isCut = false;
  const journeys = journeysOf({
    atOneInstant: (work) =>
      house.db.atOneInstant((snapshot) => {
        const rows: Snapshot["rows"] = (declared, statement) =>
          isCut && statement.text.includes("from items")
            ? snapshot.rows(declared, sql`select pg_terminate_backend(pg_backend_pid())`)
            : snapshot.rows(declared, statement);
        return work({ ...snapshot, rows });
      }),
  });
  await given(house.db, { ann: "page /home 09:00" });
  await versionOf(journeys);
  await given(house.db, { bob: "page /new 09:00" });

  isCut = true;
  await expect(versionOf(journeys)).rejects.toThrow();
  isCut = false;

  const pages = (await listed(journeys, {})).map(({ values }) => values.PAGE);
  expect(pages.sort()).toEqual(["/home", "/new"]);
});

test("a session goes on as long as anything in it lasts, if it is a hundred days", async () => {
  const mail = { at: at("1T09:00"), until: new Date(at("1T09:00").getTime() + 100 * 86_400_000) };
  const late = {
    at: new Date(at("1T09:00").getTime() + 90 * 86_400_000),
    channel: "WEB",
    kind: "PAGE_VIEW",
    name: "/a",
  };
  await given(house.db, { ann: { events: [{ ...mail, channel: "EMAIL", kind: "MESSAGE" }, late] } });

  const events = await listed(journeysOf(house.db), {});

  expect(events.map(({ session }) => session)).toEqual([1, 1]);
});
