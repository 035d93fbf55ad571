import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { RetainedKind } from "../../src/db/generated/enums.ts";
import { sql } from "../../src/db/sql.ts";
import { previewRetention } from "../../src/ingest/forgetting/retain.ts";
import { newId } from "../../src/kit/id.ts";
import { DAY_MS } from "../../src/kit/time.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

// Which rule takes what, and what a legal hold keeps, counted once more from a list of what was sent.

const house = useDatabase();
const ingest = useIngest(house);

const KINDS = Object.values(RetainedKind);
const SOURCES = ["web", "app"];
/** Ann is one customer; Bob and Cyd turn out to be one, under the id of either. */
const PEOPLE = { ann: "ann", bob: "bob", cyd: "bob" } as const;
type Person = keyof typeof PEOPLE;
const identityOf = (person: Person) => ({ namespace: person === "cyd" ? "login" : "custid", value: person });

interface Sent {
  kind: RetainedKind;
  /** None, of what rows of evidence said before. */
  source: string | null;
  /** Nobody's, where it was rejected. */
  person: Person | null;
  at: Date;
}

const WHEN = { old: "2026-02-01T09:00:00Z", new: "2026-11-01T09:00:00Z" };

/** Of each person, source and age a page view that was revised once, a call, and a rejection. */
function* world(): Generator<{
  sent: Omit<Sent, "at">[];
  when: string;
  records: { kind: "touchpoint" | "call"; body: object }[];
}> {
  for (const source of SOURCES) {
    for (const [age, when] of Object.entries(WHEN)) {
      for (const person of Object.keys(PEOPLE) as Person[]) {
        const sourceId = `${person} ${age}`;
        const identities = [identityOf(person)];
        const view = { source, sourceId, occurredAt: when, channel: "WEB", kind: "PAGE_VIEW", identities };
        const revisions = [1, 2].map((day) => ({ ...view, name: `${day}`, revision: `2026-11-0${day}T00:00:00Z` }));
        const call = { source, sourceId, startedAt: when, identities };
        yield {
          when,
          sent: [
            { kind: "TOUCHPOINTS", source, person },
            { kind: "EARLIER_VERSIONS", source, person },
            { kind: "INTERACTIONS", source, person },
          ],
          records: [
            ...revisions.map((body) => ({ kind: "touchpoint" as const, body })),
            { kind: "call" as const, body: call },
          ],
        };
      }
      const wrong = { source, sourceId: `wrong ${age}`, occurredAt: when, channel: "WEB", kind: "?" };
      yield {
        when,
        sent: [{ kind: "REJECTIONS", source, person: null }],
        records: [{ kind: "touchpoint" as const, body: wrong }],
      };
    }
  }
}

/** What rows said before they were changed, with whose they are. */
async function history(): Promise<Sent[]> {
  const rows = await read<{ source: string | null; value: Person; until: Date }>(
    house.db,
    sql`
      select h.body ->> 'source' as source, i.value, h.until
      from history h
      join identities i on i.id = h.subject_id
    `,
  );
  return rows.map(({ source, value, until }) => ({ kind: "HISTORY", source, person: value, at: until }));
}

let sent: Sent[] = [];
const ids = {} as Record<Person, string>;

beforeEach(async () => {
  sent = [];
  const came = new Date();
  for (const { sent: some, when, records } of world()) {
    for (const record of records) await ingest.accept([record], { entryPoint: "test" });
    const isOfArrival = ({ kind }: Pick<Sent, "kind">) => kind === "EARLIER_VERSIONS" || kind === "REJECTIONS";
    sent.push(...some.map((one) => ({ ...one, at: isOfArrival(one) ? came : new Date(when) })));
  }
  const identities = [identityOf("bob"), identityOf("cyd")];
  const body = { source: "crm", sourceId: "both", observedAt: "2026-11-02T00:00:00Z", identities };
  await ingest.accept([{ kind: "customer", body }], { entryPoint: "test" });
  const born = await read<{ value: string; id: string }>(
    house.db,
    sql`select value, customer_id as id from identities`,
  );
  for (const { value, id } of born) ids[value as Person] = id;
  sent.push(...(await history()));
});

const rules = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    source: fc.constantFrom("", ...SOURCES),
    days: fc.constantFrom(1, 100, 1_000),
  }),
  { selector: ({ kind, source }) => `${kind} ${source}`, minLength: 1, maxLength: 6 },
);
const holds = fc.array(
  fc.record({
    of: fc.oneof(
      fc.record({ source: fc.constantFrom(...SOURCES) }),
      fc.record({ person: fc.constantFrom(...(Object.keys(PEOPLE) as Person[])) }),
    ),
    isReleased: fc.boolean(),
  }),
  { maxLength: 3 },
);

/** The earlier versions of whoever turned out to be somebody else are held with them, under the id of either. */
const SHARED = (["bob", "cyd"] as const).map((person) => {
  const versions = { kind: "EARLIER_VERSIONS" as const, source: "", days: 1 as const };
  return [[versions], [{ of: { person }, isReleased: false }], 400] as [never, never, 400];
});

test("each rule takes what is of its kind, its source and its age, and what no hold keeps", async () => {
  await fc.assert(
    fc.asyncProperty(rules, holds, fc.constantFrom(0, 400), async (ruled, held, later) => {
      const now = new Date(Date.now() + later * DAY_MS);
      await house.db.orm.retentionRule.deleteMany();
      await house.db.orm.legalHold.deleteMany();
      await house.db.orm.retentionRule.createMany({ data: ruled });
      for (const { of, isReleased } of held) {
        const whom = "source" in of ? of : { customerId: ids[of.person] };
        const said = {
          id: newId(),
          reason: "a case",
          by: "law",
          at: new Date(),
          releasedAt: isReleased ? new Date() : null,
        };
        await house.db.orm.legalHold.create({ data: { ...whom, ...said } });
      }

      const isHeld = ({ source, person }: Sent) =>
        held.some(({ of, isReleased }) => {
          if (isReleased) return false;
          return "source" in of ? of.source === source : person !== null && PEOPLE[of.person] === PEOPLE[person];
        });
      const ruleOf = (one: Sent) =>
        ruled.find(({ kind, source }) => kind === one.kind && source === one.source) ??
        ruled.find(({ kind, source }) => kind === one.kind && source === "");
      const expected = ruled.map((rule) => {
        const before = new Date(now.getTime() - rule.days * DAY_MS);
        const due = sent.filter((one) => ruleOf(one) === rule && one.at < before && !isHeld(one)).length;
        return `${rule.kind} ${rule.source} ${due}`;
      });
      const found = (await previewRetention(house.db, now)).map(({ kind, source, due }) => `${kind} ${source} ${due}`);
      expect(found.sort()).toEqual(expected.sort());
    }),
    { ...draws(40), examples: SHARED },
  );
});
