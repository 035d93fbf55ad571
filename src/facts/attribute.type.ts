import { Field, Float, InputType } from "type-graphql";
import { ATTRIBUTE_NAMES } from "../fields/derive/attributes.ts";

// What is said of a customer or of a leg, beside the dimensions. It is read from the database when it is first asked for.

const NAMED = `What is said of a customer or of a leg of contact, one of: ${ATTRIBUTE_NAMES.join(", ")}. A key of \`extra\` or \`metadata\` and a currency stand behind a dot: \`extra.tariff\`, \`cost.EUR\`. What a field shows only to a scope needs that scope here.`;

@InputType({ description: "Which values of an attribute are meant; what is said is ANDed." })
export class AttributeFilterInput {
  @Field(() => String, { description: NAMED })
  attribute!: string;

  @Field(() => [String], {
    nullable: true,
    description: "One of these: texts as they are, numbers as texts, `true` or `false`; of a list, with any of these.",
  })
  in?: string[] | null;

  @Field(() => Float, { nullable: true, description: "Numbers from this on, and texts that write such a number." })
  from?: number | null;

  @Field(() => Float, { nullable: true, description: "Numbers below this." })
  to?: number | null;

  @Field(() => Boolean, { nullable: true, description: "True: anything is said. False: nothing is." })
  isKnown?: boolean | null;
}

@InputType({ description: "An attribute to count by. Of a list, each of its texts is a value." })
export class AttributeGroupInput {
  @Field(() => String, { description: NAMED })
  attribute!: string;

  @Field(() => [Float], {
    nullable: true,
    description:
      "Where ranges of numbers begin, rising, 50 at most: [18, 30, 65] are `below 18`, `18 to below 30`, `30 to below 65`, `65 and more`. Texts that write a number are put there too, and others are not known.",
  })
  bounds?: number[] | null;
}
