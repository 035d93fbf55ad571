import type { Db } from "../../db/client.ts";
import type { Rules } from "../../facts/rules.ts";
import { customersOf, recordChanges } from "../../identity/changes.repository.ts";
import type { Pair } from "../../identity/evidence.ts";
import { restitch } from "../../identity/restitch.ts";
import { deleteEvidence, deleteFacts, ofRecords, recordWithdrawing } from "../correcting/withdraw.repository.ts";
import { rematchAll } from "../matching/rematch.ts";
import { findTiesOf } from "../storing/contacts.repository.ts";
import { loosen, nothingLoosened, tieContacts } from "../storing/contacts.ts";
import { keepNoHistory } from "../storing/no-history.repository.ts";
import { dissolveVisits, replaceTouchpoints } from "../storing/place-visits.ts";
import { regrowVisits, remeasureVisits } from "../storing/visits.repository.ts";
import { deleteArchivedVisits, makeStale } from "./forgotten-archive.repository.ts";
import {
  deleteIdentities,
  deleteSightingsNaming,
  deleteVerdictsNaming,
  findOrphans,
  findShownBefore,
  rewriteKnown,
} from "./forgotten-evidence.repository.ts";
import { deleteUnusedTexts, findTextsOf, forgetMatchedTexts, recordTexts } from "./forgotten-texts.repository.ts";
import {
  backdateVisits,
  countRecords,
  deleteAnswers,
  deleteAnswersUnder,
  deleteBody,
  deleteCalls,
  deleteHistory,
  deleteKeys,
  deleteRevisions,
  type Forgotten,
  findBodiesNaming,
  forgetReasons,
  replaceBody,
} from "./forgotten-traces.repository.ts";
import { keptWithout } from "./kept-bodies.ts";
import { type Mentions, mentionsOf } from "./mentions.ts";
import { forgetOriginalsNaming, forgetRejections } from "./sealed.ts";
import { findFirstBirth, findNamed, type Held } from "./whom.repository.ts";

/** How much of each went. */
export interface Counts {
  customerRecords: number;
  interactions: number;
  touchpoints: number;
  identities: number;
  verdicts: number;
  earlierVersions: number;
  rejections: number;
  originals: number;
  calls: number;
  answers: number;
  texts: number;
}

export interface Erased {
  counts: Counts;
  /** All identities that went, those included that nothing else showed. */
  identities: readonly string[];
  /** When the first of them was stored; null where there is none. */
  heldSince: Date | null;
}

export interface Erasing {
  rules: Rules;
  rejectionKey: Uint8Array;
}

/**
 * Takes these identities and records out of the database, with every trace that they left. Others' records stay, without
 * these identities, and belong to whom they would if what goes had never come. Needs the stitching lock.
 */
export async function erase(tx: Db, doomed: Forgotten, erasing: Erasing): Promise<Erased> {
  await keepNoHistory(tx);
  const texts = await findTextsOf(tx, doomed);
  const kinds = await countRecords(tx, doomed.records);
  await recordChanges(tx, customersOf(doomed.customers));
  const before = await findShownBefore(tx, doomed.records);
  await makeStale(tx, doomed.records);
  const { verdicts, shown, reassigned } = await eraseFacts(tx, doomed, erasing.rules);
  const earlierVersions = await deleteRevisions(tx, doomed.records);
  const doomedIds = new Set(doomed.identities);
  const others = [...new Set([...shown, ...before])].filter((id) => !doomedIds.has(id));
  const orphans = await findOrphans(tx, others);
  const gone = { ...doomed, identities: [...doomed.identities, ...orphans] };
  const named = await findNamed(tx, gone.identities);
  const heldSince = await findFirstBirth(tx, gone.identities);
  await deleteIdentities(tx, gone.identities);
  await rewriteKnown(tx, { customers: gone.customers, reassigned });
  const traces = await eraseTraces(tx, gone, { named, erasing });
  const left = await deleteUnusedTexts(tx, texts);
  await forgetMatchedTexts(
    tx,
    left.map(({ name }) => name),
  );
  await recordTexts(
    tx,
    left.map(({ id }) => id),
  );
  const versions = earlierVersions + traces.earlierVersions;
  const counts = {
    ...kinds,
    ...traces,
    earlierVersions: versions,
    verdicts,
    identities: gone.identities.length,
    texts: left.length,
  };
  return { counts, identities: gone.identities, heldSince };
}

/** Rows and evidence, and what follows for others; answers whom the records showed, and whose owner is another now. */
async function eraseFacts(tx: Db, doomed: Forgotten, rules: Rules) {
  const { identities, records } = doomed;
  const of = ofRecords(records);
  await recordWithdrawing(tx, of);
  const loosened = nothingLoosened();
  loosen(loosened, await findTiesOf(tx, of));
  const lost = [...(await deleteEvidence(tx, of)), ...(await deleteSightingsNaming(tx, identities))];
  const decided = await deleteVerdictsNaming(tx, identities);
  const { visits, legs } = await deleteFacts(tx, of);
  loosen(loosened, await deleteArchivedVisits(tx, doomed));
  await regrowVisits(tx, legs);
  const touched = [...lost, ...[...identities, ...decided.flat()].map(alone)];
  const removed = lost.filter(({ isGuest }) => !isGuest);
  const { changes } = await restitch(tx, { touched, added: [], removed, verdict: null }, rules);
  const context = { batchId: null, rules, loosened };
  await replaceTouchpoints(tx, await dissolveVisits(tx, visits, context), context);
  loosen(loosened, await remeasureVisits(tx, visits));
  await tieContacts(tx, { ...loosened, rows: [...loosened.rows, ...legs, ...visits] });
  await rematchAll(tx);
  await backdateVisits(tx, [...new Set([...visits, ...legs].map(({ subjectId }) => subjectId))]);
  const shown = new Set(lost.flatMap(({ subject, identity }) => [subject, identity]));
  return { verdicts: decided.length, shown: [...shown], reassigned: changes.map(({ subjectId }) => subjectId) };
}

/** Looked at again though no record shows it. */
const alone = (id: string): Pair => ({ subject: id, identity: id });

async function eraseTraces(tx: Db, gone: Forgotten, { named, erasing }: { named: readonly Held[]; erasing: Erasing }) {
  const mentions = mentionsOf(named);
  const sought = { mentions, records: new Set(gone.records), key: erasing.rejectionKey };
  await deleteKeys(tx, gone.records);
  await forgetReasons(tx, gone.customers, mentions);
  return {
    earlierVersions: (await eraseBodies(tx, gone, mentions)) + (await deleteHistory(tx, gone)),
    rejections: await forgetRejections(tx, sought),
    originals: await forgetOriginalsNaming(tx, sought),
    calls: await deleteCalls(tx, gone),
    answers: (await deleteAnswers(tx, [...gone.records, ...gone.customers])) + (await deleteAnswersUnder(tx, mentions)),
  };
}

async function eraseBodies(tx: Db, { identities }: Forgotten, mentions: Mentions): Promise<number> {
  const ids = new Set(identities);
  let gone = 0;
  for (const { body, ...key } of await findBodiesNaming(tx, identities)) {
    const kept = keptWithout(body, { ids, mentions });
    if (kept) {
      // Most bodies that came too late name others.
      if (JSON.stringify(kept) !== JSON.stringify(body)) await replaceBody(tx, key, kept);
    } else {
      await deleteBody(tx, key);
      gone += 1;
    }
  }
  return gone;
}
