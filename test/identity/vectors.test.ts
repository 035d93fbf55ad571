import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { normalise, strongestFirst } from "../../src/facts/normalise.ts";
import { identityOf, rulesWith, sourceOf, type Told, tell } from "./histories.ts";

// Published cases with known answers. They are not ours to copy: without the folder these tests are skipped.
const FOLDER = "../shared/data/vectors";
const published = test.skipIf(!existsSync(FOLDER));

function vector(name: string) {
  return JSON.parse(readFileSync(`${FOLDER}/${name}.json`, "utf8"));
}

interface Row {
  at: number;
  device: string;
  login: string | null;
}

/** Whose each row is: its subject's customer at its time. A customer is named by its login, else its device. */
function ownersOf(rows: readonly Row[]): string[] {
  const origin = Math.min(...rows.map(({ at }) => at));
  const tales: Told[] = rows.map(({ at, device, login }) => ({
    at: (at - origin) / 60_000,
    carried: [`device:${device}`, ...(login ? [`login:${login}`] : [])],
  }));
  const { who } = tell({ records: tales });
  return tales.map(({ at, carried }) => who(carried.at(-1)!, at).split(":")[1]!);
}

published("a device's rows are the person's who logs in on it, as in a replay of field-based stitching", () => {
  const { rows, expected } = vector("stitch-field-based");

  const owners = ownersOf(rows.map(([, at, device, login]: string[]) => ({ at: Date.parse(`${at}Z`), device, login })));

  expect(owners).toEqual(rows.map((row: string[]) => row[5]));
  expect(new Set(owners)).toEqual(new Set(expected.peopleReplay));
});

published("a shared device is split in time, and the one before keeps it until the next logs in", () => {
  const { events, expected } = vector("stitch-shared-device");
  const rows: Row[] = events.map(([at, , device, login]: string[]) => ({ at: Date.parse(`${at}Z`), device, login }));
  const reset = rows.map((row, i) => (i < 3 ? row : { ...row, device: "5678" }));

  expect(ownersOf(rows)).toEqual(expected.deviceSplit);
  expect(ownersOf(reset)).toEqual(expected["ecidReset(device id becomes 5678 from 12:07)"]);
});

published("the subject is the strongest of the primary identities, then the first by value", () => {
  const { identityMap, cases } = vector("stitch-identitymap-selection");
  const names: Record<string, string> = { ECID: "ecid", CCID: "custid" };
  const rules = rulesWith();
  const strongest = (map: Record<string, { id: string; primary?: boolean }[]>) => {
    const primary = Object.entries(map).flatMap(([name, ids]) =>
      ids.filter((id) => id.primary).map(({ id }) => identityOf(`${names[name]}:${id}`, rules)),
    );
    return primary.sort((a, b) => strongestFirst(a, b, rules))[0]?.value;
  };

  expect(strongest(identityMap)).toBe(cases[0].expected.id);
  expect(strongest({ ECID: identityMap.ECID })).toBe(cases[1].expected.id);
});

published("one account on three installations and two devices is one customer", () => {
  const { journey } = vector("stitch-segment");
  const records: Told[] = journey.events.map((event: SegmentEvent, at: number) => ({ at, carried: carriedBy(event) }));

  const { who } = tell({ records });

  const customers = new Set(records.flatMap(({ carried }) => carried).map((id) => who(id, 9)));
  expect([...customers]).toEqual([`login:${journey.expectedIdentifiers.user_id[0]}`]);
  expect(customers.size).toBe(journey.expectedProfiles);
});

interface SegmentEvent {
  anonymousId: string;
  userId?: string;
  context: { device: { id: string } };
}

function carriedBy({ anonymousId, userId, context }: SegmentEvent): string[] {
  return [...(userId ? [`login:${userId}`] : []), `cookie:${anonymousId}`, `device:${context.device.id}`];
}

published("a second account on one address stays a second customer, and the address is contested", () => {
  const { existing, incoming, expectedProfiles } = vector("stitch-segment").limitsAndPriority;

  const { who, conflicts } = tell({
    records: [
      { at: 1, carried: [`custid:${existing[0].user_id[0]}`, "email:jane"] },
      { at: 2, carried: [`custid:${incoming.user_id}`, "email:jane"] },
    ],
  });

  const customers = [who(`custid:${existing[0].user_id[0]}`), who(`custid:${incoming.user_id}`)];
  expect(new Set(customers).size).toBe(expectedProfiles.length);
  expect(conflicts.map(({ kind }) => kind)).toEqual(["CONTESTED", "CONTESTED"]);
});

published("the values that Segment blocks are no identities here either", () => {
  const { blockedValues } = vector("stitch-segment");
  const values = blockedValues.flatMap(({ pattern, exact }: Record<string, string>) =>
    pattern ? ["000-00", "-"] : exact,
  );

  for (const value of values) {
    expect(normalise({ namespace: "cookie", value }, sourceOf("web"), rulesWith())).toMatchObject({ ok: false });
  }
});
