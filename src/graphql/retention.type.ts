import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { RETAINED } from "../ingest/forgetting/retain.ts";
import { maybe, sure } from "../kit/field.ts";
import { DateTime, JSONObject } from "../kit/scalars.ts";

registerEnumType(RETAINED, {
  name: "RetainedKind",
  description: "What a rule of retention is about.",
  valuesConfig: {
    TOUCHPOINTS: { description: "Touchpoints, by when they happened." },
    INTERACTIONS: { description: "Legs, by when they began." },
    EARLIER_VERSIONS: { description: "What legs and touchpoints said before they were sent again, by when that was." },
    REJECTIONS: { description: "What was refused, by when it came." },
    HISTORY: {
      description:
        "What rows said before they were changed or deleted, by when that was. A report for a `knownAt` before it is refused.",
    },
    AUDIT: {
      description: "Entries of the audit, by whole days (UTC). Their seals stay, so that the rest is proven still.",
    },
  },
});

/** The most runs of one answer. */
export const MOST_RUNS = 100;

@ArgsType()
export class RetentionArgs {
  @Field(() => Int, { defaultValue: 20, description: `How many of the last runs, 1 to ${MOST_RUNS}.` })
  runs: number = 20;
}

@ObjectType("RetentionRule", { simpleResolvers: true, description: "How long something is kept." })
export class RetentionRuleType {
  @Field(() => RETAINED, sure("What is kept."))
  kind!: keyof typeof RETAINED;

  @Field(() => String, maybe("The source whose it is; null: every source without a rule of its own."))
  source!: string | null;

  @Field(() => Int, sure("For how many days."))
  days!: number;
}

@ObjectType("LegalHold", { simpleResolvers: true, description: "Whose records stay, whatever the rules say." })
export class LegalHoldType {
  @Field(() => ID, sure("Identifies it, for `c360 retain release`."))
  id!: string;

  @Field(() => ID, maybe("The customer whose records stay, as it was called when the hold was set."))
  customerId!: string | null;

  @Field(() => String, maybe("The source whose records stay."))
  source!: string | null;

  @Field(() => String, sure("Why, in the words of whoever set it."))
  reason!: string;

  @Field(() => String, sure("Who set it."))
  by!: string;

  @Field(() => DateTime, sure("When it was set."))
  at!: Date;
}

@ObjectType("RetentionRun", { simpleResolvers: true, description: "What went, and when." })
export class RetentionRunType {
  @Field(() => DateTime, sure("When it began."))
  startedAt!: Date;

  @Field(() => DateTime, maybe("When it ended; null of one that goes on, or was broken off: the next one goes on."))
  endedAt!: Date | null;

  @Field(() => JSONObject, sure("How much of each kind went: { TOUCHPOINTS: 12 }."))
  gone!: Record<string, number>;

  @Field(() => DateTime, maybe("Of what happened before it, the run took some; null where it took no events."))
  wholeSince!: Date | null;

  @Field(
    () => DateTime,
    maybe(
      "What was known before it cannot be told any more: the run took what rows said before; null where it took none.",
    ),
  )
  knownSince!: Date | null;

  @Field(() => String, maybe("What broke it off: a code of PostgreSQL's, or failed."))
  error!: string | null;
}

@ObjectType("ArchivedMonth", {
  simpleResolvers: true,
  description:
    "A month (UTC) whose touchpoints are in the archive, a folder of files (`c360 archive`), or were. Legs, visits and what stitching knows by them stay in the database.",
})
export class ArchivedMonthType {
  @Field(() => String, sure("Such as 2025-01."))
  month!: string;

  @Field(() => DateTime, sure("Since when no touchpoint of it is taken in: a record of then is refused as ARCHIVED."))
  closedAt!: Date;

  @Field(() => DateTime, maybe("Since when reports leave it out; null while its file is being written."))
  archivedAt!: Date | null;

  @Field(() => Int, maybe("Rows of its file."))
  rows!: number | null;

  @Field(
    () => Boolean,
    sure("Whether the file has rows of somebody who was forgotten since: the next `c360 archive` writes it without."),
  )
  isStale!: boolean;

  @Field(
    () => DateTime,
    maybe("When `c360 restore-month` brought it back: it is as if it had never been archived, for thirty days."),
  )
  restoredAt!: Date | null;
}

@ObjectType("Retention", { simpleResolvers: true, description: "How long things are kept, and what went." })
export class RetentionType {
  @Field(() => [RetentionRuleType], sure("The rules in force; what none is about is kept for good."))
  rules!: RetentionRuleType[];

  @Field(() => [LegalHoldType], sure("The holds in force, the newest first."))
  holds!: LegalHoldType[];

  @Field(() => [RetentionRunType], sure("The last runs, the newest first."))
  runs!: RetentionRunType[];

  @Field(() => [ArchivedMonthType], sure("The months that are in the archive or were, the oldest first."))
  archive!: ArchivedMonthType[];
}
