/** Days that what was sent is kept of a rejected record, for a replay: personal data may be in it. */
export const REJECTION_DAYS = 30;

/** Which rejections are meant; null is any. */
export interface RejectionFilter {
  source: string | null;
  reason: string | null;
}

/** The rejections of a filter that nobody has mended yet, as Prisma Client asks for them. */
export const stillRefused = ({ source, reason }: RejectionFilter) => ({
  acceptedAt: null,
  source: source ?? undefined,
  reason: reason ?? undefined,
});

/** Those of them that can be replayed, since their bodies are kept. */
export const replayable = (filter: RejectionFilter) => ({ ...stillRefused(filter), body: { not: null } });
