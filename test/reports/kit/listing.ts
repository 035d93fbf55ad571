import { type AudiencePlan, audiencePlanOf, compileAudience } from "../../../src/journeys/audience.ts";
import type { Partition } from "../../../src/journeys/columns.ts";
import { compileDimension, type DimensionPlan, dimensionPlanOf } from "../../../src/journeys/dimension.ts";
import { addUp, type Fold } from "../../../src/journeys/fold.ts";
import type { Journeys } from "../../../src/journeys/journeys.ts";
import { compileMatcher, type MatcherPlan, matcherPlanOf } from "../../../src/journeys/matcher.ts";
import { noSession, sessionsOf } from "../../../src/journeys/sessions.ts";
import { type AudienceInput, DIMENSIONS, type MatcherInput } from "../../../src/reports/filter.type.ts";
import { versionOf } from "./journeys.ts";
import { day } from "./world.ts";

/** What is asked of every event. */
export interface Listing {
  matcher?: MatcherInput;
  audience?: AudienceInput | null;
  period?: { from: Date; to: Date };
  timeoutMinutes?: number;
}

/** One event, as the columns have it. */
export interface Listed {
  customerId: string;
  at: Date;
  fits: boolean;
  belongs: boolean;
  /** The number of its session within its customer, from 1. */
  session: number;
  values: Record<string, string | null>;
}

/** Every event by customer, each customer's in order. */
export async function listed(journeys: Journeys, listing: Listing): Promise<Listed[]> {
  const { matcher = {}, audience = null, period = day, timeoutMinutes = 30 } = listing;
  const version = await versionOf(journeys);
  const { dictionary, partitions } = version;
  const plan = {
    matcher: matcherPlanOf({ dictionary, until: period.to.getTime() }, matcher),
    audience: audiencePlanOf(dictionary, audience, period),
    dimensions: DIMENSIONS.map((dimension) => dimensionPlanOf(dictionary, dimension)),
    timeout: timeoutMinutes * 60_000,
  };
  const rows = addUp({ fold: listingFold, plan }, partitions, () => {});
  return rows.map(({ values, ...row }) => ({
    ...row,
    values: Object.fromEntries(DIMENSIONS.map((dimension, i) => [dimension, dictionary.texts.of(values[i]!)])),
  }));
}

interface ListingPlan {
  matcher: MatcherPlan;
  audience: AudiencePlan;
  dimensions: readonly DimensionPlan[];
  timeout: number;
}
type Row = Omit<Listed, "values"> & { values: number[] };

const listingFold: Pick<Fold<ListingPlan, Row[]>, "empty" | "over"> = {
  empty: () => [],
  over(partition, { matcher, audience, dimensions, timeout }) {
    const isMeant = compileMatcher(partition, matcher);
    const isOf = compileAudience(partition, audience);
    const readers = dimensions.map((dimension) => compileDimension(partition, dimension));
    const next = sessionsOf(partition, { timeout, until: Number.POSITIVE_INFINITY });
    return (rows, journey) => {
      const session = noSession();
      session.to = journey.from;
      for (let number = 1; next(session, journey); number += 1) {
        for (let event = session.from; event < session.to; event += 1) {
          rows.push({
            customerId: idIn(partition, journey.customer),
            at: new Date(partition.events.at[event]!),
            fits: isMeant(event, journey),
            belongs: isOf(journey),
            session: number,
            values: readers.map((read) => read(event, journey)),
          });
        }
      }
    };
  },
};

function idIn({ customers }: Partition, row: number): string {
  const words = [customers.id0, customers.id1, customers.id2, customers.id3].map((word) => word[row]!);
  const digits = words.map((word) => word.toString(16).padStart(8, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
