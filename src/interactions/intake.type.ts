import { Field, Int, ObjectType } from "type-graphql";
import type { ReceiptStatus } from "../facts/vocabulary.ts";
import { ReceiptStatusEnum } from "../facts/vocabulary.type.ts";
import { sure } from "../kit/field.ts";
import { DateTime, LocalDate } from "../kit/scalars.ts";

const SIMPLE = { simpleResolvers: true };

@ObjectType("ReceiptCount", { ...SIMPLE, description: "How many records were given one kind of receipt." })
export class ReceiptCountType {
  @Field(() => ReceiptStatusEnum, sure("What the sender was told."))
  status!: ReceiptStatus;

  @Field(() => Int, sure("Records that were told so."))
  count!: number;
}

@ObjectType("DayIntake", { ...SIMPLE, description: "What one source sent on one day." })
export class DayIntakeType {
  @Field(() => LocalDate, sure("The day, in the time zone that was asked for."))
  day!: string;

  @Field(() => [ReceiptCountType], sure("Its receipts; a status that nothing was given is left out."))
  receipts!: ReceiptCountType[];
}

@ObjectType("SourceIntake", { ...SIMPLE, description: "What one source sent in the period." })
export class SourceIntakeType {
  @Field(() => String, sure("The system that sent it; `unknown` where records do not say."))
  source!: string;

  @Field(() => [String], sure("The entry points that it came through: graphql, rest, import, webhook:twilio, replay …"))
  entryPoints!: string[];

  @Field(() => Int, sure("Records that came in, whatever became of them."))
  total!: number;

  @Field(() => DateTime, sure("When the last of them came."))
  lastReceivedAt!: Date;

  @Field(() => [ReceiptCountType], sure("What became of them; a status that nothing was given is left out."))
  receipts!: ReceiptCountType[];

  @Field(() => [DayIntakeType], sure("The same for each day on which anything came, in order."))
  days!: DayIntakeType[];
}

@ObjectType("RejectionCount", { ...SIMPLE, description: "Records of one source that wait to be mended and replayed." })
export class RejectionCountType {
  @Field(() => String, sure("The system that sent them."))
  source!: string;

  @Field(() => String, sure("Why, as a constant to branch on, such as BAD_TIME."))
  reason!: string;

  @Field(() => Int, sure("How many, whenever they came."))
  count!: number;
}

@ObjectType("CommonKey", {
  ...SIMPLE,
  description:
    "A key that stands on more than 200 interactions, or was seen with more than 20 other identities, and therefore ties none of them to a contact: a constant of its sender's program, where each contact should have its own.",
})
export class CommonKeyType {
  @Field(() => String, sure("The system that sends it."))
  source!: string;

  @Field(
    () => String,
    sure(
      "The key as it is compared: `contact of <source>/<contactKey or sessionId>`, `contact:<universalSessionId>`, `call:<callId>`.",
    ),
  )
  key!: string;

  @Field(() => Int, sure("Interactions that it stands on, whenever they were; counted up to 100,000."))
  interactions!: number;
}

@ObjectType("Intake", { ...SIMPLE, description: "What came in, and what of it still waits." })
export class IntakeType {
  @Field(() => [SourceIntakeType], sure("Each source that sent something, the busiest first."))
  sources!: SourceIntakeType[];

  @Field(() => [RejectionCountType], sure("What was rejected and not taken in since, the commonest first."))
  waiting!: RejectionCountType[];

  @Field(
    () => [CommonKeyType],
    sure(
      "Keys that too many interactions have, the commonest first: have the sender give each contact its own. Looked for among the period's newest 20,000 interactions that have keys.",
    ),
  )
  commonKeys!: CommonKeyType[];
}
