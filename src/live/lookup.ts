import { normalise } from "../facts/normalise.ts";
import { callerNumber } from "../facts/phone.ts";
import type { RoutingRule } from "../facts/routing.ts";
import { settingsOf } from "../facts/rules.ts";
import type { IdentityInput } from "../facts/values.type.ts";
import { AppError } from "../kit/errors.ts";
import { identityId } from "../kit/id.ts";
import type { RequestContext } from "../request.ts";
import { advise } from "./advice.ts";
import type { CallerLookupType } from "./caller.type.ts";
import { isShared, rank } from "./candidates.ts";
import { type ContactRow, type DoingRow, doingSql } from "./doing.sql.ts";
import {
  type Candidate,
  type Dialled,
  type Doing,
  type EarlierContact,
  NO_PROFILE,
  NOTHING_DONE,
  type Profile,
  type Situation,
} from "./situation.ts";
import { type WhoRow, whoSql } from "./who.sql.ts";

/** A call as it rings, by ids: what `askedOf` makes of what a system sends. */
export interface Asked {
  identityIds: readonly string[];
  isWithheld: boolean;
  dialledNumber: string | null;
  ivrIntent: string | null;
}

/** A look-up as the database answers it. */
export interface Found {
  candidates: Candidate[];
  situation: Situation;
}

type Reader = Pick<RequestContext, "db" | "rules" | "identityKey">;

/** Identities that one call may show. */
export const MOST_IDENTITIES = 10;
/** Whoever asks without naming a source is none: defaults apply. */
const NOBODY = "";

export interface Ring {
  identities: readonly IdentityInput[];
  dialledNumber?: string | null;
  ivrIntent?: string | null;
  source?: string | null;
}

/** Who is calling and what to do about it: in one round trip, or in two where it may be several. */
export async function lookUpCaller(request: Reader, ring: Ring): Promise<CallerLookupType> {
  const startedAt = performance.now();
  return lookupOf(await findCaller(request, askedOf(request, ring)), request.rules.routing, startedAt);
}

/** The same for a call that was announced, whose identities are known by their ids. */
export async function lookUpAnnounced(request: Reader, asked: Asked): Promise<CallerLookupType> {
  const startedAt = performance.now();
  return lookupOf(await findCaller(request, asked), request.rules.routing, startedAt);
}

/** What is asked, normalised. What identifies nobody is left out; a namespace that does not exist is a fault. */
export function askedOf(
  { rules, identityKey }: Omit<Reader, "db">,
  { identities, dialledNumber, ivrIntent, source }: Ring,
): Asked {
  if (identities.length > MOST_IDENTITIES) {
    throw new AppError("BAD_INPUT", `A call shows at most ${MOST_IDENTITIES} identities.`, ["identities"]);
  }
  const settings = settingsOf(rules, source ?? NOBODY);
  const ids: string[] = [];
  let isWithheld = identities.length === 0;
  for (const [position, identity] of identities.entries()) {
    const answer = normalise(identity, settings, rules);
    if (answer.ok) ids.push(identityId(identityKey, answer.key.namespace, answer.key.value));
    else if (answer.reason === "UNKNOWN_NAMESPACE") {
      throw new AppError("BAD_INPUT", answer.message, ["identities", String(position), "namespace"]);
    } else if (answer.reason === "WITHHELD") isWithheld = true;
  }
  const region = settings.defaultRegion ?? rules.defaultRegion;
  const dialled = dialledNumber?.trim() ? (callerNumber(dialledNumber, region)?.e164 ?? dialledNumber.trim()) : null;
  return { identityIds: ids, isWithheld, dialledNumber: dialled, ivrIntent: ivrIntent?.trim() || null };
}

/** `onWho` hears who it is as soon as that is known, before what they have been doing is. */
export async function findCaller(
  { db }: Pick<Reader, "db">,
  asked: Asked,
  onWho: (found: Found) => void = () => {},
): Promise<Found> {
  const [row] = await db.query<WhoRow>(whoSql(asked), "live.who");
  const found = foundOf(row!, asked);
  onWho(found);
  const [likeliest] = found.candidates;
  if (!likeliest) return found;
  const doing = row!.doing ?? (await findDoing(db, likeliest.id));
  return { ...found, situation: { ...found.situation, doing: doingOf(doing) } };
}

/** Notes who asked for a caller, and who was shown; that nobody is known by the number is noted too. */
export function noteLookUp(
  { trail, viewer }: Pick<RequestContext, "trail" | "viewer">,
  shown: readonly string[],
): void {
  for (const customerId of shown.length > 0 ? shown : [null]) {
    trail.note({ actor: viewer.name, action: "caller.looked-up", customerId });
  }
}

async function findDoing(db: Reader["db"], customerId: string): Promise<DoingRow> {
  const [row] = await db.query<{ doing: DoingRow }>(doingSql(customerId), "live.doing");
  return row!.doing;
}

function lookupOf(
  { candidates, situation }: Found,
  rules: readonly RoutingRule[],
  startedAt: number,
): CallerLookupType {
  return {
    candidates: candidates.map(({ confidence, why, ...customer }) => ({ customer, confidence, why })),
    advice: advise(rules, situation),
    latencyMs: Math.round((performance.now() - startedAt) * 100) / 100,
  };
}

/** What is known before the database has been asked, or when it cannot be. */
export function unheard(asked: Asked, now: Date): Found {
  const { isWithheld, ivrIntent, dialledNumber } = asked;
  const dialled = dialledNumber === null ? null : { number: dialledNumber, campaign: null, medium: null };
  const asking = { now, isHeard: false, isWithheld, ivrIntent, dialled };
  const situation = { ...asking, caller: null, profile: NO_PROFILE, doing: NOTHING_DONE };
  return { candidates: [], situation };
}

function foundOf({ now, owners, people, dialled }: WhoRow, asked: Asked): Found {
  const candidates = rank(owners ?? [], people ?? []);
  const [likeliest] = candidates;
  const person = people?.find(({ id }) => id === likeliest?.id);
  const profile: Profile = person ? { ...person, signals: person.signals ?? [] } : NO_PROFILE;
  const number: Dialled | null =
    asked.dialledNumber === null ? null : { campaign: null, medium: null, ...dialled, number: asked.dialledNumber };
  return {
    candidates,
    situation: {
      now,
      isHeard: true,
      isWithheld: asked.isWithheld,
      ivrIntent: asked.ivrIntent,
      dialled: number,
      caller: likeliest ? { isAnonymous: likeliest.isAnonymous, isShared: isShared(candidates) } : null,
      profile,
      doing: NOTHING_DONE,
    },
  };
}

function doingOf(row: DoingRow): Doing {
  const { lastPage, lastWebAt, lastCall, unresolved } = row;
  return {
    ...row,
    lastWebAt: lastWebAt === null ? null : new Date(lastWebAt),
    lastPage: lastPage && { ...lastPage, at: new Date(lastPage.at) },
    lastCall: contactOf(lastCall),
    unresolved: contactOf(unresolved),
  };
}

function contactOf(row: ContactRow | null): EarlierContact | null {
  return row && { ...row, at: new Date(row.at) };
}
