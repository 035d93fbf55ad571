import type { Purpose } from "../fields/choices.ts";

/** A customer who may be calling. */
export interface Candidate {
  id: string;
  isAnonymous: boolean;
  createdAt: Date;
  knownName: string | null;
  confidence: number;
  why: string;
}

/** What sources state about the likeliest caller, as far as routing rules use it. */
export interface CallerProfile {
  displayName: string | null;
  custId: string | null;
  segment: string | null;
  region: string | null;
  vvip: boolean | null;
  premier: boolean | null;
  highRisk: boolean | null;
  isDigitalEligible: boolean | null;
  signals: readonly { code: string; score?: number | null }[];
}

/** A page view. */
interface PageSeen {
  at: Date;
  name: string | null;
  section: string | null;
  url: string | null;
}

/** An earlier contact. */
export interface EarlierContact {
  at: Date;
  reason: string | null;
  agentId: string | null;
  skill: string | null;
}

/** What the likeliest caller has been doing. */
export interface Doing {
  /** Their last page view, however long ago. */
  lastPage: PageSeen | null;
  /** When they were last on the site or in the app. */
  lastWebAt: Date | null;
  lastCall: EarlierContact | null;
  callsLast30Days: number;
  /** The newest contact that is not resolved, unless a later one on the same matter is. */
  unresolved: EarlierContact | null;
}

/** The number dialled, and what it stands for. */
export interface Dialled {
  number: string;
  campaign: string | null;
  medium: string | null;
}

/** Everything that routing rules may use. */
export interface Situation {
  now: Date;
  /** Whether the database has answered who it is; until then nobody counts as unknown. */
  isHeard: boolean;
  isWithheld: boolean;
  ivrIntent: string | null;
  dialled: Dialled | null;
  /** The best candidate; null when nobody is known. */
  caller: { isAnonymous: boolean; isShared: boolean } | null;
  profile: CallerProfile;
  doing: Doing;
  /** The consent that the caller refuses, so that nothing is used but who they are. */
  shortOf: Purpose | null;
}

export const NO_PROFILE: CallerProfile = {
  displayName: null,
  custId: null,
  segment: null,
  region: null,
  vvip: null,
  premier: null,
  highRisk: null,
  isDigitalEligible: null,
  signals: [],
};

export const NOTHING_DONE: Doing = {
  lastPage: null,
  lastWebAt: null,
  lastCall: null,
  callsLast30Days: 0,
  unresolved: null,
};
