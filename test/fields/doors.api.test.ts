import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { saveConsentRule } from "../../src/cli/consents.repository.ts";
import { CALL } from "../../src/fields/call.ts";
import { CONSENT_USES } from "../../src/fields/choices.ts";
import type { Fields } from "../../src/fields/field.ts";
import { useApp } from "../app/use-app.ts";
import { useFiles } from "../cli/importing.ts";
import { draws } from "../kit/draws.ts";
import { doorsOf, WEBHOOK_SECRET } from "./doors.ts";
import { type Body, bodyOf, GIVEN, type Kind } from "./generated.ts";
import { readOverBi, readOverGraphql, type Shown } from "./shown.ts";

// Every field that a sender may state, through every entry point, and back.

const house = useApp({ settings: { C360_WEBHOOK_SECRETS: JSON.stringify({ cloudevents: [WEBHOOK_SECRET] }) } });
const files = useFiles();
const entryPoints = doorsOf({ house, files });
const names = Object.keys(entryPoints) as (keyof typeof entryPoints)[];
/** One app takes them all in and remembers the names of the dictionary, while its tables are emptied: none may come twice. */
const { seed } = fc.readConfigureGlobal();

/** Whoever refuses is shown nowhere: here nothing asks. */
beforeEach(async () => {
  for (const door of CONSENT_USES) await saveConsentRule(house.db, door, null);
});

describe.each(names)("through %s", (entryPoint) => {
  test.each(Object.keys(GIVEN) as Kind[])(
    "every field of a %s comes in, and comes back over GraphQL and bi",
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(bodyOf(kind), async (body) => {
          expect(await entryPoints[entryPoint](kind, body)).toBe("ACCEPTED");

          const expected = expectedOf(kind, body);
          expect(await readOverGraphql(house, kind, body)).toMatchObject(expected);
          const bi = await readOverBi(house.db, kind, body);
          expect(bi).toEqual({ ...bi, ...pick(expected, Object.keys(bi)) });
        }),
        { ...draws(4), endOnFailure: true, ...(seed !== undefined && { seed: seed + names.indexOf(entryPoint) }) },
      );
    },
  );
});

/** What a record that was taken in shows, by the contract's descriptions. */
function expectedOf(kind: Kind, body: Body): Shown {
  const { source, sourceId, identities, ...values } = body;
  const [custid, globalcustid] = (identities as { value: string }[]).map(({ value }) => value);
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [shownNameOf(kind, name), bare(value)]),
  );
  switch (kind) {
    case "interaction":
      return { source, sourceId, custId: custid, ...shown };
    case "call": {
      const { durationSeconds: _, ...leg } = shown;
      const conversation = Number(values.talkSeconds) + Number(values.holdSeconds);
      return { source, sourceId, custId: custid, channelType: "VOICE", ...leg, interactionSeconds: conversation };
    }
    case "touchpoint": {
      const { revision: _, ...moment } = shown;
      // What ended as it began did not last.
      return { source, ...moment, endedAt: moment.endedAt === moment.occurredAt ? null : moment.endedAt };
    }
    case "customer": {
      const { observedAt: _, ...record } = shown;
      return { custId: custid, globalCustomerId: globalcustid, ...record };
    }
  }
}

/** A call's own words are shown as the leg's. */
function shownNameOf(kind: Kind, name: string): string {
  const field = kind === "call" ? (CALL as Fields)[name] : undefined;
  return field?.of ?? name;
}

/** Of an address, what stands before its query string. */
function bare(value: unknown): unknown {
  return typeof value === "string" && value.startsWith("https://") ? value.split("?")[0] : value;
}

function pick(values: Shown, names: readonly string[]): Shown {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
