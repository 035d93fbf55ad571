import { Field, InputType, Int, ObjectType } from "type-graphql";
import { DateTime } from "../kit/scalars.ts";

/** What every report takes: the moment of knowledge to answer from. */
@InputType()
export abstract class KnownInput {
  @Field(() => DateTime, {
    nullable: true,
    description:
      "The report as it was known at this instant: without what came later, with what was revised, withdrawn or matched otherwise since, and with the customers of then. Rules (settings and ranks of sources, namespaces) are today's, and who was forgotten since is in no answer. As it is known now by default.",
  })
  knownAt?: Date | null;
}

/** What every report says of itself. */
@ObjectType()
export abstract class KnownReport {
  @Field(() => DateTime, {
    description:
      "The moment of knowledge that it was answered from: the `knownAt` that was asked for, else when it was read. Asked again with it, the report is the same, but for what was being written at that moment.",
  })
  knownAt!: Date;

  @Field(() => Int, {
    description:
      "Customers who were forgotten after the `knownAt` that was asked for: the answer of then had them, this one does not. 0 for an answer of now.",
  })
  forgottenSince!: number;

  @Field(() => Int, {
    description:
      "Customers who did something, at whatever time, and whom the report leaves out since they refuse the consent that reports ask for: ANALYTICS, unless `c360 consents` says otherwise. Whoever refuses now is left out of what was known earlier, too.",
  })
  excludedByConsent!: number;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "From when on the report is whole: of what happened before this instant, retention has taken some or all, and the report answers as if that had never been. Null where nothing was ever taken.",
  })
  wholeSince!: Date | null;

  @Field(() => [String], {
    description:
      "Months (UTC, such as 2025-01) of the period, or that the report looks back on, whose touchpoints are in the archive: they and the visits that they made count for nothing, legs of these months do. `c360 restore-month` brings a month back.",
  })
  archivedMonths!: string[];
}
