import { Field, InputType, Int } from "type-graphql";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime, PhoneNumber } from "../../kit/scalars.ts";
import { LegInput } from "./leg-input.type.ts";

@InputType({ description: "A call as a telephone system logs it; it becomes an interaction of channel VOICE." })
export class LogCallInput extends LegInput {
  @Field(() => DateTime, sure("When the customer was first connected: JAR SessionStartTime."))
  startedAt!: Date;

  @Field(() => DateTime, maybe("When an agent answered: JAR InteractionStartTime."))
  answeredAt?: Date | null;

  @Field(
    () => DateTime,
    maybe(
      "When they hung up: JAR InteractionEndTime. startedAt + durationSeconds when left out, else checked against it.",
    ),
  )
  endedAt?: Date | null;

  @Field(() => DateTime, maybe("When the agent had finished after the call: JAR SessionEndTime."))
  wrapUpEndedAt?: Date | null;

  @Field(() => Int, maybe("Whole seconds from startedAt to endedAt."))
  durationSeconds?: number | null;

  @Field(() => PhoneNumber, maybe("The number that was dialled: it may be a tracking number."))
  dialledNumber?: string | null;

  @Field(() => String, maybe("The page that was being looked at when the call came in."))
  pageUrl?: string | null;

  @Field(() => String, maybe("JAR InteractionNotes: what the agent wrote."))
  notes?: string | null;
}
