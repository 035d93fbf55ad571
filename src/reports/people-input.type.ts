import { Field, InputType } from "type-graphql";
import { maybe } from "../kit/field.ts";
import { FalloutPeopleInput } from "./fallout/cell.type.ts";
import { OverlapPeopleInput } from "./overlap/cell.type.ts";

@InputType({ description: "A report and one of its cells: exactly one of these." })
export class PeopleInput {
  @Field(() => FalloutPeopleInput, maybe("A step of a fallout."))
  fallout?: FalloutPeopleInput | null;

  @Field(() => OverlapPeopleInput, maybe("A region or a set of an overlap."))
  overlap?: OverlapPeopleInput | null;
}
