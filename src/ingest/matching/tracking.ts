import type { Db } from "../../db/client.ts";
import type { CarriedIdentity } from "../../facts/fact.ts";
import type { IdentityKey } from "../../facts/identity.ts";
import { normalise } from "../../facts/normalise.ts";
import { callerNumber } from "../../facts/phone.ts";
import { type Rules, regionOf, settingsOf } from "../../facts/rules.ts";
import { insertIdentities } from "../../identity/evidence.repository.ts";
import { AppError } from "../../kit/errors.ts";
import { identityId } from "../../kit/id.ts";
import { loosenCallsTo } from "./match.repository.ts";
import { matchLoose } from "./rematch.ts";
import {
  type Lease,
  lendNumber,
  lockPool,
  prolongLease,
  saveNumbers,
  type TrackingNumber,
} from "./tracking.repository.ts";

/** Numbers of one request. */
const MOST_NUMBERS = 500;
const LONGEST_LEASE_MINUTES = 1_440;
/** A page that lends a number is no source: defaults apply to what it sends. */
const NOBODY = "";

/** Telephone numbers that say where a call comes from. */
export interface Tracking {
  /** Stores numbers; calls that came to them before and name no campaign take theirs. */
  save(numbers: readonly NumberInput[]): Promise<number>;
  /** Lends a visitor a number of a pool: the one they have, for longer, or one that is free. */
  lend(wish: { pool: string; visitor: IdentityKey; minutes: number }): Promise<Lease>;
}

type NumberInput = Pick<TrackingNumber, "number" | "source"> & Partial<TrackingNumber>;

export interface TrackingDeps {
  database: Db;
  identityKey: Uint8Array;
  rules(): Rules;
}

export function openTracking({ database, identityKey, rules }: TrackingDeps): Tracking {
  return {
    async save(inputs) {
      if (inputs.length > MOST_NUMBERS) {
        throw new AppError("BAD_INPUT", `At most ${MOST_NUMBERS} numbers at once: send them in several.`, ["inputs"]);
      }
      const numbers = inputs.map((input, position) => numberOf(input, rules(), position));
      const unique = [...new Map(numbers.map((number) => [number.number, number])).values()];
      await database.transaction(async (tx) => {
        const changed = await saveNumbers(tx, unique);
        if (changed.length === 0) return;
        await loosenCallsTo(tx, changed);
        await matchLoose(tx);
      });
      return unique.length;
    },
    async lend({ pool, visitor, minutes }) {
      if (minutes < 1 || minutes > LONGEST_LEASE_MINUTES) {
        throw new AppError("BAD_INPUT", `Lend for 1 to ${LONGEST_LEASE_MINUTES} minutes.`, ["input", "minutes"]);
      }
      const identity = visitorOf(visitor, { rules: rules(), identityKey });
      const wish = { pool: pool.trim(), identityId: identity.id, minutes };
      const lease = await database.transaction(async (tx) => {
        await lockPool(tx, wish.pool);
        await insertIdentities(tx, [identity], null);
        return (await prolongLease(tx, wish)) ?? lendNumber(tx, wish);
      });
      if (lease) return lease;
      throw new AppError("UNAVAILABLE", "No number of this pool is free: add numbers to it, or lend for shorter.", [
        "input",
        "pool",
      ]);
    },
  };
}

function numberOf(input: NumberInput, rules: Rules, position: number): TrackingNumber {
  const { source, channel = null, campaign = null, medium = null, pool = null } = input;
  const at = ["inputs", String(position)];
  const region = regionOf(rules, settingsOf(rules, source));
  const number = callerNumber(input.number, region)?.e164;
  if (!number) throw new AppError("BAD_INPUT", "No such telephone number is possible.", [...at, "number"]);
  if (!source.trim()) throw new AppError("BAD_INPUT", "Say whose number it is.", [...at, "source"]);
  return { number, source: source.trim(), channel, campaign, medium, pool };
}

function visitorOf(
  visitor: IdentityKey,
  { rules, identityKey }: { rules: Rules; identityKey: Uint8Array },
): CarriedIdentity {
  const at = ["input", "visitor"];
  const answer = normalise(visitor, settingsOf(rules, NOBODY), rules);
  if (!answer.ok) throw new AppError("BAD_INPUT", answer.message, at);
  const { key, kind, display = null } = answer;
  if (kind !== "CARRIER" || key.namespace === "phone" || key.namespace === "contact") {
    throw new AppError("BAD_INPUT", "Name the visitor by what the browser carries: an ecid, a cookie or the like.", at);
  }
  return { ...key, kind, display, id: identityId(identityKey, key.namespace, key.value) };
}
