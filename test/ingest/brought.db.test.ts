import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { recordAnyChange } from "../../src/identity/changes.repository.ts";
import { readAttribution } from "../../src/reports/attribution/attribution.report.ts";
import { AttributionInput } from "../../src/reports/attribution/attribution.type.ts";
import { readChannelPerformance } from "../../src/reports/channel-performance/channel-performance.report.ts";
import { ChannelPerformanceInput } from "../../src/reports/channel-performance/channel-performance.type.ts";
import type { Dimension } from "../../src/reports/filter.type.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { telling } from "../live/telling.ts";
import { ask } from "../reports/kit/ask.ts";
import { useJourneys } from "../reports/kit/journeys.ts";

const house = useDatabase();
const journeys = useJourneys(house);
const ingest = useIngest(house);
const { page, call } = telling(ingest);

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 10, 0, minutes));
const day = { from: at(0), to: at(1_440) };
const SITE = "https://www.example.org";

const brought = () =>
  read(
    house.db,
    sql`
      select
        match_campaign as campaign, match_medium as medium, match_campaign_source as source, match_referrer as referrer,
        match_landing_page as landing
      from interactions
      where channel_type = 'VOICE'
      order by session_start_time
    `,
  );

describe("a matched call takes over what brought its visit", () => {
  test("read from the address and the referrer of the page that it landed on", async () => {
    const url = `${SITE}/offers?utm_campaign=spring&utm_medium=cpc&utm_source=google&token=x`;
    await page({ ecid: "e1" }, { at: at(0), sessionId: "s", url, referrer: "https://www.google.com/search?q=me" });
    await page({ ecid: "e1" }, { at: at(2), sessionId: "s", url: `${SITE}/contact`, referrer: `${SITE}/offers` });
    await call({ ecid: "e1" }, { at: at(5) });

    expect(await brought()).toEqual([
      {
        campaign: "spring",
        medium: "cpc",
        source: "google",
        referrer: "https://www.google.com/search",
        landing: `${SITE}/offers`,
      },
    ]);
    expect(await read(house.db, sql`select name from items where name like '%token%' or name like '%q=%'`)).toEqual([]);
  });

  test("across the log-in, from the browser that was not known yet", async () => {
    await page({ ecid: "e1" }, { at: at(0), sessionId: "s", url: `${SITE}/offers?gclid=1` });
    await page({ custid: "1", ecid: "e1" }, { at: at(2), sessionId: "s", url: `${SITE}/account` });
    await call({ custid: "1" }, { at: at(5) });

    expect(await brought()).toMatchObject([
      { campaign: null, medium: "cpc", source: "google", landing: `${SITE}/offers` },
    ]);
  });

  test("also where the page comes after the call, and of the last arrival before it", async () => {
    await call({ ecid: "e1" }, { at: at(9) });
    await page({ ecid: "e1" }, { at: at(4), sessionId: "s", url: `${SITE}/b?utm_campaign=second` });
    await page({ ecid: "e1" }, { at: at(0), sessionId: "s", url: `${SITE}/a?utm_campaign=first` });
    await page({ ecid: "e1" }, { at: at(10), sessionId: "s", url: `${SITE}/c?utm_campaign=third` });

    expect(await brought()).toMatchObject([{ campaign: "second", landing: `${SITE}/b` }]);
  });

  test("and of a visit that nothing brought, the page that it began with", async () => {
    await page({ ecid: "e1" }, { at: at(0), sessionId: "s", url: `${SITE}/home` });
    await page({ ecid: "e1" }, { at: at(2), sessionId: "s", url: `${SITE}/contact` });
    await call({ ecid: "e1" }, { at: at(5) });

    expect(await brought()).toMatchObject([{ campaign: null, referrer: null, landing: `${SITE}/home` }]);
  });
});

/** Visits of three people, hours apart so that each is a session of its own, and the calls that may follow them. */
const arrival = fc.record({
  campaign: fc.option(fc.constantFrom("spring", "summer"), { freq: 2 }),
  medium: fc.option(fc.constantFrom("cpc", "email")),
  referrer: fc.option(fc.constantFrom("https://g.example/", "https://f.example/x"), { freq: 2 }),
  path: fc.constantFrom("/offers", "/home"),
});
const visit = fc.record({
  who: fc.constantFrom("e1", "e2", "e3"),
  arrivals: fc.array(arrival, { minLength: 1, maxLength: 3 }),
  call: fc.option(fc.record({ own: fc.option(fc.constantFrom("spring", "printed"), { freq: 2 }) }), { freq: 4 }),
});

const DIMENSIONS: readonly Dimension[] = ["CAMPAIGN", "MEDIUM", "REFERRER", "LANDING_PAGE"];

test("channel performance and attribution put every call under the same campaign, medium, referrer and landing page", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 8 }), async (visits) => {
      await startOver();
      for (const [i, { who, arrivals, call: rings }] of visits.entries()) {
        for (const [step, { campaign, medium, referrer, path }] of arrivals.entries()) {
          const query = [campaign && `utm_campaign=${campaign}`, medium && `utm_medium=${medium}`].filter(Boolean);
          const url = `${SITE}${path}?${query.join("&")}`;
          await page({ ecid: who }, { at: at(i * 120 + step), sessionId: `s${i}`, url, referrer });
        }
        if (rings) await call({ ecid: who }, { at: at(i * 120 + 10), campaign: rings.own });
      }

      for (const dimension of DIMENSIONS) {
        const performed = await readChannelPerformance(
          journeys,
          ask(ChannelPerformanceInput, { period: day, by: dimension }),
        );
        const attributed = await readAttribution(
          journeys,
          ask(AttributionInput, { period: day, dimension, models: [{ kind: "LAST_TOUCH" }] }),
        );

        const calls = performed.rows.filter((row) => row.calls > 0 && row.value !== null);
        expect([dimension, calls.map(({ value, calls }) => [value, calls]).sort()]).toEqual([
          dimension,
          attributed.models[0]!.rows.map(({ item, credit }) => [item, credit]).sort(),
        ]);
      }
    }),
    draws(8),
  );
});

async function startOver(): Promise<void> {
  await house.db.run(sql`
    with
      a as (delete from touchpoints), b as (delete from interactions), c as (delete from identities),
      d as (delete from sightings), e as (delete from assignments), f as (delete from ingest_keys)
    delete from conflicts
  `);
  await recordAnyChange(house.db);
}
